import { eventFamily } from "./events.ts";
import { limiterFamily } from "./limiter.ts";
import { messageFamily } from "./messages.ts";
import type { Family } from "./mutant.ts";
import { presenceFamily } from "./presence.ts";
import { relationFamily } from "./relations.ts";
import { responderFamily } from "./responders.ts";
import { hasherFamily, tokenFamily } from "./security.ts";
import { sessionFamily } from "./sessions.ts";
import { standInFamily } from "./stand-ins.ts";
import { clockFamily, idFamily, timerFamily } from "./time.ts";
import { userFamily } from "./users.ts";

/** One for each contract of a port. */
export const families: readonly Family[] = [
  userFamily,
  sessionFamily,
  relationFamily,
  messageFamily,
  standInFamily,
  presenceFamily,
  eventFamily,
  limiterFamily,
  hasherFamily,
  tokenFamily,
  clockFamily,
  timerFamily,
  idFamily,
  responderFamily,
];
