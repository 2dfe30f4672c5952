import { computed, type Signal, signal } from "@preact/signals";
import type { Conversation, ConversationSummary, User } from "@standin/client";
import { client } from "./client.ts";

/** All conversations, the newest first. */
export const conversations = signal<readonly ConversationSummary[]>([]);

/** Messages that were not read, in all conversations. */
export const unreadInAll = computed(() => conversations.value.reduce((sum, { unread }) => sum + unread, 0));

const turns = new Map<string, Signal<number>>();
const peopleTurn = signal(0);

const turnOf = (peer: string): Signal<number> => {
  let turn = turns.get(peer);
  if (turn === undefined) {
    turn = signal(0);
    turns.set(peer, turn);
  }
  return turn;
};

/** The conversation with that person. A component that reads it here follows its changes. */
export const conversationWith = (peer: string): Conversation => {
  turnOf(peer).value;
  return client.conversation(peer);
};

/** A person as far as they are known here; a component that reads it follows their status. */
export const person = (id: string): User | undefined => {
  peopleTurn.value;
  return client.user(id);
};

let scheduled = false;

/** The list is read once for many changes, as when a long absence is caught up with. */
const readList = (): void => {
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    conversations.value = client.me === null ? [] : client.conversations();
  });
};

/** Follows the conversations from now on. */
export const startConversations = (): void => {
  client.on("conversation", ({ peer }) => {
    turnOf(peer).value += 1;
    readList();
  });
  client.on("outbox", ({ entry }) => {
    turnOf(entry.to).value += 1;
    readList();
  });
  client.on("user", ({ user }) => {
    peopleTurn.value += 1;
    turnOf(user.id).value += 1;
    readList();
  });
  client.on("synced", readList);
  client.on("afresh", () => {
    for (const turn of turns.values()) turn.value += 1;
    readList();
  });
  client.on("signedOut", readList);
  readList();
};

/** Reads the list now, as after a sign-in. */
export const showConversations = readList;
