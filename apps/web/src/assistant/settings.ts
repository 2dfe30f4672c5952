import type { StandInSettings, StandInSettingsPatch } from "@standin/client";
import { client } from "../chat/client.ts";
import { createResource } from "../chat/resource.ts";

/** The settings of one's own assistant. */
export const settings = createResource("settings", () => client.standin.settings());

/** Changes them; resolves with all of them. Rejects with ClientError. */
export const changeSettings = async (patch: StandInSettingsPatch): Promise<StandInSettings> => {
  const all = await client.standin.changeSettings(patch);
  settings.put(all);
  return all;
};
