import { computed, signal } from "@preact/signals";
import type { Message } from "@standin/client";
import { keep, kept } from "../device/kept.ts";
import { client } from "./client.ts";
import { createResource } from "./resource.ts";

/** Who wrote while one was away, the last time. */
export const briefing = createResource("briefing", () => client.standin.briefing({ limit: 50 }));

const isFresh = signal(false);

/** How many people are in the briefing that is waiting to be read after one's return. */
export const freshPeople = computed(() => {
  const { value: current } = briefing.state;
  return isFresh.value && current.state === "here" ? current.value.people.length : 0;
});

const mark = (me: string): string => `busy.${me}`;

const readFresh = async (me: string): Promise<void> => {
  await briefing.read();
  const { value: current } = briefing.state;
  if (current.state !== "here" || current.stale) return;
  keep(mark(me), null);
  isFresh.value = true;
};

/** An answer in it was judged, here or on another device. */
export const briefingJudged = (updated: Message): void =>
  briefing.change((page) => ({
    ...page,
    people: page.people.map((entry) => ({
      ...entry,
      answers: entry.answers.map((answer) => (answer._id === updated._id ? updated : answer)),
    })),
  }));

/**
 * Gets the briefing whenever one's own BUSY has ended: here, on another device, or by its end while the page was closed, for which the
 * device keeps a mark. A failed read is made up for after the next connect.
 */
export const startBriefings = (): void => {
  const look = (): void => {
    const { me } = client;
    if (me === null) return;
    if (me.status === "BUSY") {
      keep(mark(me.id), me.busySince);
      isFresh.value = false;
    } else if (kept(mark(me.id)) !== null) void readFresh(me.id);
  };
  client.on("user", ({ user }) => {
    if (user.id === client.me?.id) look();
  });
  client.on("synced", look);
  client.on("messageChanged", ({ message }) => briefingJudged(message));
  client.on("signedOut", () => {
    isFresh.value = false;
  });
};

/** Forgets the mark, with all else that the device keeps of a person. */
export const forgetBriefing = (me: string): void => keep(mark(me), null);

/** It has been seen. */
export const briefingSeen = (): void => {
  isFresh.value = false;
  if (client.me !== null && client.me.status !== "BUSY") forgetBriefing(client.me.id);
};
