import type { Context } from "../context.ts";
import type { StandInCalls } from "../stand-in-calls.ts";
import { briefing } from "./briefing.ts";
import { listDecisions } from "./decisions.ts";
import { judge } from "./judge.ts";
import { preview } from "./preview.ts";
import { request } from "./request.ts";
import { changeSettings, readSettings } from "./settings.ts";
import { dismissSuggestion, listSuggestions, sendSuggestion } from "./suggestions.ts";

/** Everything that people may ask of stand-ins, each call a file of its own. */
export const createStandInCalls = (context: Context): StandInCalls => ({
  settings: (caller) => readSettings(context, caller),
  changeSettings: (caller, patch) => changeSettings(context, caller, patch),
  preview: (caller, input) => preview(context, caller, input),
  request: (caller, input) => request(context, caller, input),
  judge: (caller, messageId, input) => judge(context, caller, messageId, input),
  decisions: (caller, input) => listDecisions(context, caller, input),
  briefing: (caller, input) => briefing(context, caller, input),
  suggestions: (caller, input) => listSuggestions(context, caller, input),
  sendSuggestion: (caller, id, via) => sendSuggestion(context, caller, id, via),
  dismissSuggestion: (caller, id) => dismissSuggestion(context, caller, id),
});
