import { signal } from "@preact/signals";
import type { BriefingPage } from "@standin/client";
import { keep, kept } from "../device/kept.ts";
import { client } from "./client.ts";

/** The briefing that is waiting to be read after one's return; null: none. */
export const freshBriefing = signal<BriefingPage | null>(null);

const mark = (me: string): string => `busy.${me}`;

const read = async (me: string): Promise<void> => {
  const page = await client.standin.briefing({ limit: 50 });
  keep(mark(me), null);
  freshBriefing.value = page.people.length > 0 ? page : null;
};

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
      freshBriefing.value = null;
    } else if (kept(mark(me.id)) !== null) read(me.id).catch(() => undefined);
  };
  client.on("user", ({ user }) => {
    if (user.id === client.me?.id) look();
  });
  client.on("synced", look);
  client.on("signedOut", () => {
    freshBriefing.value = null;
  });
};

/** Forgets the mark, with all else that the device keeps of a person. */
export const forgetBriefing = (me: string): void => keep(mark(me), null);

/** It has been seen. */
export const briefingSeen = (): void => {
  freshBriefing.value = null;
};
