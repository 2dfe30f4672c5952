import type { StandIn } from "../stand-in.ts";
import type { Message } from "../wire.ts";
import { type AuthorisedHttp, segment } from "./calls.ts";
import type { Remember } from "./remember.ts";

/** The assistant's part of the API. */
export const createStandIn = (http: AuthorisedHttp, remember: Remember): StandIn => ({
  settings: ({ signal } = {}) => remember("settings", () => http({ method: "GET", path: "/standin/settings", signal })),
  changeSettings: (body, { signal } = {}) =>
    remember("settings", () => http({ method: "PATCH", path: "/standin/settings", body, signal })),
  preview: (body, { signal } = {}) => http({ method: "POST", path: "/standin/preview", body, signal }),
  decisions: ({ limit, cursor, signal } = {}) =>
    remember(cursor === undefined && "decisions", () =>
      http({ method: "GET", path: "/standin/decisions", query: { limit, cursor }, signal }),
    ),
  briefing: ({ since, limit, cursor, signal } = {}) =>
    remember(cursor === undefined && since === undefined && "briefing", () =>
      http({ method: "GET", path: "/standin/briefing", query: { since, limit, cursor }, signal }),
    ),
  suggestions: ({ limit, cursor, signal } = {}) =>
    remember(cursor === undefined && "suggestions", () =>
      http({ method: "GET", path: "/standin/suggestions", query: { limit, cursor }, signal }),
    ),
  sendSuggestion: async (id, { signal } = {}) => {
    const path = `/standin/suggestions/${segment(id)}/send`;
    return (await http<{ sent: Message }>({ method: "POST", path, signal })).sent;
  },
  dismissSuggestion: async (id, { signal } = {}) => {
    await http({ method: "DELETE", path: `/standin/suggestions/${segment(id)}`, signal });
  },
  judge: async (messageId, body, { signal } = {}) => {
    const path = `/standin/messages/${segment(messageId)}/verdict`;
    return (await http<{ updated: Message }>({ method: "POST", path, body, signal })).updated;
  },
  request: async (body, { signal } = {}) => {
    await http({ method: "POST", path: "/standin/requests", body, signal });
  },
});
