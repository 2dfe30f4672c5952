import type { User } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { sentenceFor } from "../texts/sentence-for.ts";

/** People whom the server knows. */
export interface Directory {
  readonly people: readonly User[];
  /** Has the server answered for what is asked now? */
  readonly done: boolean;
  /** Why it could not be asked, in words. */
  readonly problem: string | null;
  /** Gets more of them; null: these are all. */
  readonly more: (() => void) | null;
}

/** How long somebody must pause in typing before the server is asked, in milliseconds. */
const pauseMs = 200;
const pageSize = 50;

interface Found {
  readonly asked: string;
  readonly people: readonly User[];
  readonly cursor: string | null;
  readonly problem: string | null;
}

/**
 * Those whose name begins with what is asked for.
 *
 * @param everybody also answer when nothing is asked for
 */
export const useDirectory = (asked: string, everybody: boolean): Directory => {
  const [found, setFound] = useState<Found | null>(null);
  const wanted = asked !== "" || everybody;

  const read = async (before: readonly User[], cursor: string | null, signal?: AbortSignal): Promise<void> => {
    try {
      const page = await client.listUsers({
        limit: pageSize,
        ...(asked !== "" && { q: asked }),
        ...(cursor !== null && { cursor }),
        ...(signal !== undefined && { signal }),
      });
      setFound({ asked, people: [...before, ...page.users], cursor: page.nextCursor, problem: null });
    } catch (error) {
      if (signal?.aborted !== true) setFound({ asked, people: before, cursor: null, problem: sentenceFor(error) });
    }
  };

  useEffect(() => {
    if (!wanted) {
      setFound(null);
      return;
    }
    const gone = new AbortController();
    const timer = setTimeout(() => read([], null, gone.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [asked, wanted]);

  if (found === null) return { people: [], done: false, problem: null, more: null };
  const { people, cursor, problem } = found;
  return {
    people,
    problem,
    done: found.asked === asked,
    more: cursor === null ? null : () => read(people, cursor),
  };
};
