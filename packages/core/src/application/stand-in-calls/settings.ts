import type { StandInSettings } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller } from "../chat.ts";
import type { Context } from "../context.ts";
import { invalid, mistake } from "../input-rules.ts";
import type { SettingsPatch } from "../stand-in-calls.ts";
import { mergeSettings } from "./merge-settings.ts";

/** Most tries of a compare-and-set: each loss means that another device of the owner made progress. */
const maxTries = 20;

export const readSettings = async ({ ports }: Context, caller: Caller): Promise<StandInSettings> =>
  (await ports.standIns.settings(caller.userId)).settings;

/** Merges the patch into what is there. What is being generated meanwhile is judged again by the new settings before it is said. */
export const changeSettings = async (
  { ports }: Context,
  caller: Caller,
  patch: SettingsPatch,
): Promise<StandInSettings> => {
  const { standIns, users } = ports;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const { settings, version } = await standIns.settings(caller.userId);
    const merged = mergeSettings(settings, patch);
    const { delegate } = merged.facts;
    if (delegate !== null && delegate !== settings.facts.delegate) {
      if (delegate === caller.userId) throw invalid(mistake("facts.delegate", "must be somebody else"));
      if ((await users.find(delegate)) === null) throw invalid(mistake("facts.delegate", "must be the id of a user"));
    }
    if (await standIns.compareAndSetSettings(caller.userId, merged, version)) return merged;
  }
  throw new ChatError("UNAVAILABLE");
};
