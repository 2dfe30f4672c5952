import { computed } from "@preact/signals";
import type { Suggestion } from "@standin/client";
import { client } from "./client.ts";
import { createResource } from "./resource.ts";

const resource = createResource("suggestions", () => client.standin.suggestions({ limit: 100 }));

/** The drafts that wait for their owner, newest first. */
export const suggestions = computed<readonly Suggestion[]>(() => {
  const { value: current } = resource.state;
  return current.state === "here" ? current.value.suggestions : [];
});

const remove = (id: string): void =>
  resource.change((page) => ({ ...page, suggestions: page.suggestions.filter((one) => one.id !== id) }));

/** Follows the drafts from now on. A failed read is made up for after the next connect. */
export const startSuggestions = (): void => {
  client.on("connection", resource.restore);
  client.on("synced", resource.read);
  client.on("standinSuggestion", (suggestion) => {
    remove(suggestion.id);
    resource.change((page) => ({ ...page, suggestions: [suggestion, ...page.suggestions] }));
  });
};

/** Sends a draft as one's own message. Rejects with ClientError. */
export const sendSuggestion = async (id: string): Promise<void> => {
  await client.standin.sendSuggestion(id);
  remove(id);
};

/** Throws a draft away. Rejects with ClientError. */
export const dismissSuggestion = async (id: string): Promise<void> => {
  await client.standin.dismissSuggestion(id);
  remove(id);
};
