import { keep, kept, keptNames } from "./kept.ts";

// Messages that were sent a moment ago. The client writes its outbox in the background; until that is done, they are here.

/** A message, under the id that all its repeats share. */
export interface Sending {
  readonly id: string;
  readonly to: string;
  readonly content: string;
}

const beginning = (me: string): string => `sending.${me}.`;

export const keepSending = (me: string, { id, to, content }: Sending): void =>
  keep(beginning(me) + id, JSON.stringify({ to, content }));

export const forgetSending = (me: string, id: string): void => keep(beginning(me) + id, null);

const parse = (id: string, text: string | null): Sending | null => {
  try {
    const { to, content } = JSON.parse(text ?? "");
    return typeof to === "string" && typeof content === "string" ? { id, to, content } : null;
  } catch {
    return null;
  }
};

/** All that are left, oldest first. What cannot be read is dropped. */
export const allSending = (me: string): readonly Sending[] =>
  keptNames(beginning(me))
    // Ids of the client's are ordered as they were made.
    .toSorted()
    .flatMap((name) => {
      const sending = parse(name.slice(beginning(me).length), kept(name));
      if (sending === null) keep(name, null);
      return sending ?? [];
    });

/** Forgets all of them. */
export const forgetAllSending = (me: string): void => {
  for (const name of keptNames(beginning(me))) keep(name, null);
};
