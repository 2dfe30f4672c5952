import type { StandInJob } from "../../domain/index.ts";
import type { Caller, PageInput } from "../chat.ts";
import type { Context } from "../context.ts";
import { readLimit } from "../input-rules.ts";
import { sizes } from "../limits.ts";
import type { DecisionList, DecisionRecord } from "../stand-in-calls.ts";
import { pageOf, readCursor } from "./page.ts";

const recordOf = ({ at, writer, trigger, state, decision, answer, detail }: StandInJob): DecisionRecord[] => {
  if (decision === null) return [];
  // What was about to be said, and then was not, is nobody's answer.
  const said = state === "done" ? answer : null;
  const generator = said?.generator ?? null;
  return [{ at, peer: writer, trigger, decision, answer: said?.id ?? null, generator, detail }];
};

/** What became of each message that came while the caller was BUSY (R07), newest first. */
export const listDecisions = async ({ ports }: Context, caller: Caller, input: PageInput): Promise<DecisionList> => {
  const limit = readLimit(input.limit, sizes.pageDefault);
  const jobs = await ports.messages.decisions(caller.userId, readCursor(input.cursor), limit + 1);
  const { page, nextCursor } = pageOf(jobs, limit, ({ trigger }) => trigger);
  return { decisions: page.flatMap(recordOf), nextCursor };
};
