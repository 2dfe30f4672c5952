import type { Decision, Message, StandInAnswer, StandInJob, Suggestion, User } from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { CancelSource } from "./cancel-source.ts";
import { noticeGiven } from "./caps.ts";
import { commit } from "./commit.ts";
import { decide, type Ruling, type Situation } from "./decide.ts";
import type { Generate, Generated } from "./generate.ts";
import { labelOf } from "./label.ts";
import { readSituation } from "./read-situation.ts";
import { readTurns } from "./read-turns.ts";
import { watchOwner } from "./watch-owner.ts";

type Ports = Pick<
  ChatPorts,
  "messages" | "users" | "relations" | "standIns" | "responders" | "events" | "clock" | "timer" | "logger" | "ids"
>;

/** A job as it stands now. */
interface Judged {
  readonly ruling: Ruling;
  readonly situation: Situation;
  readonly writer: User | null;
  /** Does the writer want to hear from the owner, and so of the owner's stand-in? */
  readonly isHeard: boolean;
}

/** Brings a claimed job to its end, the providers by `deadline`: judge, generate, judge again, commit (or, for a draft, keep it for its owner). */
export const createAnswerJob = (
  ports: Ports,
  generate: Generate,
  worker: string,
): ((job: StandInJob, deadline: number, cancelling: CancelSource) => Promise<void>) => {
  const { messages, users, relations, standIns, events, clock, ids } = ports;

  const judge = async (job: StandInJob, trigger: Message | null): Promise<Judged> => {
    const { conversation, owner: ownerId, writer: writerId, period, seq } = job;
    const [people, blocks] = await Promise.all([
      users.findMany([ownerId, writerId]),
      relations.between(ownerId, writerId),
    ]);
    const origin = trigger?.origin ?? "system";
    const situation = await readSituation(
      ports,
      { conversation, ownerId, writer: writerId, origin, period, triggerSeq: seq },
      {
        owner: people.find(({ id }) => id === ownerId) ?? null,
        blocked: blocks.some((block) => block.owner === ownerId),
        now: clock.now(),
      },
    );
    return {
      ruling: decide(situation),
      situation,
      writer: people.find(({ id }) => id === writerId) ?? null,
      isHeard: !blocks.some((block) => block.owner === writerId),
    };
  };

  const drop = async ({ trigger }: StandInJob, decision: Decision, detail: string | null = null): Promise<void> => {
    await messages.endJob(trigger, { state: "dropped", decision, detail, worker });
  };

  /** A draft is no message: its job ends without one, and what was decided says that there is a draft. */
  const suggest = async (job: StandInJob, { text, generator, notice, decision, detail }: Generated): Promise<void> => {
    const { conversation, owner, writer, trigger, period } = job;
    const suggestion: Suggestion = {
      id: ids.id(),
      owner,
      peer: writer,
      conversation,
      inReplyTo: trigger,
      text,
      generator,
      notice,
      period,
      at: clock.now(),
      state: "open",
    };
    const result = await standIns.suggest(suggestion);
    // Taken already: by this job, before a crash, or by the fixed draft of the period. What was tried in vain before keeps its reason.
    await drop(job, result === "notice-taken" && decision === "suggested" ? "limited" : decision, detail);
    // Last, so that whoever hears of it can read what was decided.
    if (result === "stored") events.publish({ type: "suggestion-made", suggestion });
  };

  const say = async (job: StandInJob, generated: Generated, { owner, said }: Situation): Promise<void> => {
    const { text, generator, notice, decision, detail } = generated;
    if (decision === "suggested" || owner === null) return;
    // Only a provider's failure or the budget leads here: what ends in fixed text from the start is `limited` by the ruling (R09).
    if (notice && noticeGiven(said, job.period)) return drop(job, decision, detail);
    const answer: StandInAnswer = {
      id: ids.id(),
      content: text,
      at: clock.now(),
      label: labelOf(owner.username),
      generator,
      notice,
      decision,
      detail,
    };
    await commit(ports, job, worker, answer);
  };

  return async (job, deadline, cancelling) => {
    const { signal } = cancelling;
    const { conversation, owner: ownerId, writer: writerId, trigger, seq } = job;
    const message = await messages.find(trigger);
    for (;;) {
      const { ruling, situation, writer, isHeard } = await judge(job, message);
      const { owner, settings, isNew, said } = situation;
      if (ruling.silent !== null || owner === null) return drop(job, ruling.silent ?? "owner-returned");
      const { mode } = ruling;
      const turns = await readTurns(messages, { conversation, owner: ownerId, upTo: seq });
      // Given up, and nothing speaks against it: whoever takes it up begins anew.
      if (signal.aborted) return;
      if (mode === "answer" && situation.hasModel && isHeard)
        events.publish({ type: "stand-in-typing", owner: ownerId, writer: writerId, inReplyTo: trigger });
      const occasion = { mode, owner, writer, settings, isNew, turns, said, deadline };
      const watch = watchOwner(ports, owner, cancelling.cancel);
      watch.start();
      const generated = await generate(occasion, signal).finally(watch.stop);
      if (signal.aborted) continue;
      // The settings, a block or the writer's wish may have changed meanwhile; what else speaks against it is for the commit to see.
      const then = await judge(job, message);
      if (then.ruling.mode !== mode) continue;
      return mode === "suggest" ? suggest(job, generated) : say(job, generated, then.situation);
    }
  };
};
