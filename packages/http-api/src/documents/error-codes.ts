import type { ChatErrorCode } from "@standin/core";
import { errorTable } from "../errors.ts";
import type { Route } from "../routes/route.ts";

/** What the parts of a route bring with them, in the order in which a door checks them. */
const byShape = (route: Route): readonly (ChatErrorCode | false)[] => [
  "FORBIDDEN",
  route.auth && "UNAUTHORIZED",
  route.userGone ?? false,
  route.limit === "calls" && "LIMITED",
  (route.params ?? route.query ?? route.body) !== undefined && "INVALID",
  route.body !== undefined && "TOO_LARGE",
  // A token is looked up in the store, and whatever is no GET writes to it.
  (route.auth || route.method !== "GET") && "UNAVAILABLE",
  route.method !== "GET" && "OVERLOADED",
  "INTERNAL",
];

/** Every code with which a route may refuse, in the table's order. */
export const errorCodesOf = (route: Route): readonly ChatErrorCode[] => {
  const codes = new Set<unknown>([...byShape(route), ...(route.errors ?? [])]);
  return (Object.keys(errorTable) as ChatErrorCode[]).filter((code) => codes.has(code));
};
