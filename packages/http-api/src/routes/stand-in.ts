import { z } from "zod";
import { doneSchema, sentSchema } from "../schemas/answers.ts";
import { toMessageJson } from "../schemas/message.ts";
import { pageQuerySchema } from "../schemas/paging.ts";
import { briefingQuerySchema, briefingSchema, toBriefingJson } from "../schemas/stand-in/briefing.ts";
import { decisionsSchema, toDecisionsJson } from "../schemas/stand-in/decisions.ts";
import { previewRequestSchema, previewSchema } from "../schemas/stand-in/preview.ts";
import { standInRequestSchema } from "../schemas/stand-in/request.ts";
import { settingsSchema, toSettingsJson } from "../schemas/stand-in/settings.ts";
import { settingsPatchSchema } from "../schemas/stand-in/settings-patch.ts";
import { suggestionsSchema, toSuggestionsJson } from "../schemas/stand-in/suggestions.ts";
import { judgedSchema, judgeSchema } from "../schemas/stand-in/verdict.ts";
import { text } from "../schemas/text.ts";
import { defineRoute, type Route } from "./route.ts";

const idParamSchema = z.object({ id: text() });

/** The assistant: what its owner decides and sees of it, and what a writer may ask of it. */
export const standInRoutes: readonly Route[] = [
  defineRoute({
    name: "standInSettings",
    summary: "All settings of the caller's assistant",
    method: "GET",
    path: "/standin/settings",
    auth: true,
    status: 200,
    limit: "calls",
    response: settingsSchema,
    call: async ({ chat, caller }) => toSettingsJson(await chat.standIn.settings(caller)),
  }),
  defineRoute({
    name: "changeStandInSettings",
    summary: "Change settings by JSON Merge Patch: absent keeps, null restores the default or removes an entry",
    method: "PATCH",
    path: "/standin/settings",
    auth: true,
    body: settingsPatchSchema,
    example: { mode: "suggest", newPeople: "notice", facts: { text: "I am on a train until noon" } },
    status: 200,
    limit: "calls",
    response: settingsSchema,
    call: async ({ chat, caller, body }) => toSettingsJson(await chat.standIn.changeSettings(caller, body)),
  }),
  defineRoute({
    name: "previewStandIn",
    summary: "What the caller's assistant would do with a message if the caller were BUSY now",
    method: "POST",
    path: "/standin/preview",
    auth: true,
    body: previewRequestSchema,
    example: { message: "When will you be back?" },
    status: 200,
    limit: "none",
    errors: ["NOT_FOUND", "LIMITED"],
    response: previewSchema,
    call: async ({ chat, caller, body }) => chat.standIn.preview(caller, body),
  }),
  defineRoute({
    name: "requestOfStandIn",
    summary: "Ask a busy person's assistant to only keep what the caller writes, or to tell that person at once",
    method: "POST",
    path: "/standin/requests",
    auth: true,
    body: standInRequestSchema,
    example: { to: "65f1c3a09b1e8d2f4c7a6b50", urgent: true },
    status: 200,
    limit: "calls",
    errors: ["NOT_FOUND", "CONFLICT"],
    response: doneSchema,
    call: async ({ chat, caller, body }) => {
      await chat.standIn.request(caller, body);
      return { message: "Request noted" };
    },
  }),
  defineRoute({
    name: "judgeAnswer",
    summary: "Confirm, correct or withdraw what was said in the caller's name",
    method: "POST",
    path: "/standin/messages/:id/verdict",
    auth: true,
    params: idParamSchema,
    body: judgeSchema,
    example: { verdict: "corrected", content: "I am back at six, not at five" },
    status: 200,
    limit: "calls",
    errors: ["NOT_FOUND", "CONFLICT"],
    response: judgedSchema,
    call: async ({ chat, caller, params, body }) => {
      const updated = await chat.standIn.judge(caller, params.id, body);
      return { message: "Verdict noted", updated: toMessageJson(updated, caller.userId) };
    },
  }),
  defineRoute({
    name: "listDecisions",
    summary: "What became of each message that came while the caller was BUSY, and why, newest first",
    method: "GET",
    path: "/standin/decisions",
    auth: true,
    query: pageQuerySchema,
    status: 200,
    limit: "calls",
    response: decisionsSchema,
    call: async ({ chat, caller, query }) => toDecisionsJson(await chat.standIn.decisions(caller, query)),
  }),
  defineRoute({
    name: "briefing",
    summary: "Who wrote while the caller was away, and what was said in the caller's name",
    method: "GET",
    path: "/standin/briefing",
    auth: true,
    query: briefingQuerySchema,
    status: 200,
    limit: "calls",
    response: briefingSchema,
    call: async ({ chat, caller, query }) => toBriefingJson(await chat.standIn.briefing(caller, query), caller.userId),
  }),
  defineRoute({
    name: "listSuggestions",
    summary: "The drafts that wait for the caller, newest first",
    method: "GET",
    path: "/standin/suggestions",
    auth: true,
    query: pageQuerySchema,
    status: 200,
    limit: "calls",
    response: suggestionsSchema,
    call: async ({ chat, caller, query }) => toSuggestionsJson(await chat.standIn.suggestions(caller, query)),
  }),
  defineRoute({
    name: "sendSuggestion",
    summary: "Send a draft as the caller's own message; again, as the first time",
    method: "POST",
    path: "/standin/suggestions/:id/send",
    auth: true,
    params: idParamSchema,
    status: 200,
    limit: "calls",
    errors: ["NOT_FOUND"],
    response: sentSchema,
    call: async ({ chat, caller, params }) => {
      const sent = await chat.standIn.sendSuggestion(caller, params.id);
      return { message: "Message sent", sent: toMessageJson(sent, caller.userId) };
    },
  }),
  defineRoute({
    name: "dismissSuggestion",
    summary: "Throw a draft away",
    method: "DELETE",
    path: "/standin/suggestions/:id",
    auth: true,
    params: idParamSchema,
    status: 200,
    limit: "calls",
    errors: ["NOT_FOUND"],
    response: doneSchema,
    call: async ({ chat, caller, params }) => {
      await chat.standIn.dismissSuggestion(caller, params.id);
      return { message: "Suggestion dismissed" };
    },
  }),
];
