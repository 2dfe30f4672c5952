import type { User } from "@standin/client";
import { now } from "../shell/now.ts";
import { moment } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";

type Presence = "busy" | "online" | "available" | "away";

/** What to show of a person. BUSY goes before all; somebody who is connected is online, whatever else they say. */
export const presenceOf = ({ status, connected }: Pick<User, "status" | "connected">): Presence => {
  if (status === "BUSY") return "busy";
  if (status === "ONLINE") return "online";
  return connected ? "available" : "away";
};

/** The same in words, such as "Busy until 15:30". */
export const presenceText = (user: User): string => {
  const presence = presenceOf(user);
  const texts = t().presence;
  if (presence !== "busy" || user.busyUntil === null) return texts[presence];
  return texts.busyUntil(moment(Date.parse(user.busyUntil), now.value));
};

/** A mark for the eye; the words stand beside it. */
export const PresenceDot = ({ user }: { readonly user: User }) => (
  <span class={`presence-dot ${presenceOf(user)}`} aria-hidden="true" />
);
