import { signal } from "@preact/signals";
import { parseRoute, type Route } from "./parse-route.ts";

export const chatsAddress = "#/";
export const briefingAddress = "#/briefing";
export const decisionsAddress = "#/decisions";
export const assistantAddress = "#/assistant";
export const settingsAddress = "#/settings";

/** The address of a conversation, or of one message in it. */
export const conversationAddress = (peer: string, message?: string): string =>
  message === undefined ? `#/with/${peer}` : `#/with/${peer}/${message}`;

/** What is shown now. */
export const route = signal<Route>(parseRoute(location.hash));

addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash);
});

/** Goes there, as a link would. */
export const goTo = (address: string): void => {
  location.hash = address;
};
