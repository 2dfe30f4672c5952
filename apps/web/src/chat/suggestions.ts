import { signal } from "@preact/signals";
import type { Suggestion } from "@standin/client";
import { client } from "./client.ts";

/** The drafts that wait for their owner, newest first. */
export const suggestions = signal<readonly Suggestion[]>([]);

const without = (id: string): readonly Suggestion[] => suggestions.value.filter((one) => one.id !== id);

const read = async (): Promise<void> => {
  const page = await client.standin.suggestions({ limit: 100 });
  suggestions.value = page.suggestions;
};

/** Follows the drafts from now on. A failed read is made up for after the next connect. */
export const startSuggestions = (): void => {
  client.on("synced", () => {
    read().catch(() => undefined);
  });
  client.on("standinSuggestion", (suggestion) => {
    suggestions.value = [suggestion, ...without(suggestion.id)];
  });
  client.on("signedOut", () => {
    suggestions.value = [];
  });
};

/** Sends a draft as one's own message. Rejects with ClientError. */
export const sendSuggestion = async (id: string): Promise<void> => {
  await client.standin.sendSuggestion(id);
  suggestions.value = without(id);
};

/** Throws a draft away. Rejects with ClientError. */
export const dismissSuggestion = async (id: string): Promise<void> => {
  await client.standin.dismissSuggestion(id);
  suggestions.value = without(id);
};
