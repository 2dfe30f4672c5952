import { signal } from "@preact/signals";
import type { User } from "@standin/client";
import { keep, kept, keptNames } from "../device/kept.ts";
import { client } from "./client.ts";

// What somebody asked a busy person's assistant for. The server does not tell it again, so the device keeps it: per person who asked,
// person who is busy, and stretch of BUSY, which is told by its beginning. Removed when the stretch is over, and at sign-out.

export type Wish = "messageOnly" | "urgent";

const beginning = (me: string): string => `wishes.${me}.`;

/** Counts on when a wish comes or goes: components that show wishes read it. */
const turn = signal(0);

/** The wishes of the stretch of BUSY that began at `busySince`. */
const wishesOf = (me: string, peer: string, busySince: string | null): readonly string[] => {
  const [since, ...wishes] = kept(beginning(me) + peer)?.split(" ") ?? [];
  return since !== undefined && since === busySince ? wishes : [];
};

/** Has that been asked of the person who is busy now? */
export const isWished = (me: string, { id, busySince }: User, wish: Wish): boolean => {
  turn.value;
  return wishesOf(me, id, busySince).includes(wish);
};

/** It has been asked. */
export const keepWish = (me: string, { id, busySince }: User, wish: Wish): void => {
  const others = wishesOf(me, id, busySince).filter((one) => one !== wish);
  keep(beginning(me) + id, [busySince, ...others, wish].join(" "));
  turn.value += 1;
};

/** Forgets all of them. */
export const forgetWishes = (me: string): void => {
  for (const name of keptNames(beginning(me))) keep(name, null);
  turn.value += 1;
};

/** Forgets, from now on, what was asked for a stretch of BUSY that is over, and follows what other tabs ask for. */
export const startWishes = (): void => {
  client.on("user", ({ user }) => {
    const me = client.me?.id;
    if (me === undefined || kept(beginning(me) + user.id) === null) return;
    if (wishesOf(me, user.id, user.busySince).length === 0) keep(beginning(me) + user.id, null);
  });
  addEventListener("storage", () => {
    turn.value += 1;
  });
};
