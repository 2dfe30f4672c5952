import { accessSync, appendFileSync, constants, readFileSync, truncateSync } from "node:fs";
import { ChatError } from "@standin/core/ports";

export interface Journal<Fact> {
  /** All of them or none: one line, on the disk when it returns, and told in the order given. Nothing for none. */
  commit(facts: readonly Fact[]): void;
  /** Can it be written? */
  check(): void;
}

/**
 * An append-only file of JSON lines. `onFact` is told what the file says, first and then with each commit, as frozen records that nobody can
 * change. Without a path nothing is kept.
 *
 * @throws {ChatError} UNAVAILABLE, with the error of the file system as its cause; the same from each method.
 */
export const openJournal = <Fact>(path: string | null, onFact: (fact: Fact) => void): Journal<Fact> => {
  const tell = (line: string): void =>
    (JSON.parse(line, (_key, value) => Object.freeze(value)) as Fact[]).forEach(onFact);
  let length = 0;

  if (path !== null)
    guarded(() => {
      appendFileSync(path, ""); // makes it
      const text = readFileSync(path, "utf8");
      // What comes after the last line break was never acknowledged: the process died on it.
      const lines = text.slice(0, text.lastIndexOf("\n") + 1);
      lines.split("\n").filter(Boolean).forEach(tell);
      length = Buffer.byteLength(lines);
    });

  return {
    commit(facts) {
      if (facts.length === 0) return;
      const line = `${JSON.stringify(facts)}\n`;
      if (path !== null)
        guarded(() => {
          truncateSync(path, length); // what a write that failed may have left
          appendFileSync(path, line, { flush: true });
          length += Buffer.byteLength(line);
        });
      tell(line);
    },
    check() {
      if (path !== null) guarded(() => accessSync(path, constants.W_OK));
    },
  };
};

const guarded = (work: () => void): void => {
  try {
    work();
  } catch (cause) {
    throw new ChatError("UNAVAILABLE", { cause });
  }
};
