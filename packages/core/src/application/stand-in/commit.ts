import type {
  Decision,
  Message,
  MessageDraft,
  StandInAnswer,
  StandInJob,
  StandInJobDraft,
  User,
} from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { answersGiven, loopReached, noticeGiven } from "./caps.ts";
import { isBusy } from "./decide.ts";
import { readSaid } from "./read-said.ts";

/** How long a worker's claim on a job lasts, in milliseconds (stand-in-rules.md, the protocol). */
export const claimMs = 3_000;

type Ports = Pick<ChatPorts, "messages" | "users" | "relations" | "standIns" | "events" | "clock">;

/** A job whose answer is fixed. */
type Committing = StandInJob & { readonly answer: StandInAnswer };

const isCommitting = (job: StandInJob): job is Committing => job.answer !== null;

const draftOf = (
  { answer, conversation, owner, writer, period, trigger }: Committing,
  blocked: boolean,
): MessageDraft => ({
  id: answer.id,
  conversation,
  sender: owner,
  recipient: writer,
  content: answer.content,
  at: answer.at,
  origin: "standin",
  clientMsgId: null,
  period,
  blocked,
  messageOnly: false,
  inReplyTo: trigger,
  generator: answer.generator,
  notice: answer.notice,
  label: answer.label,
  verdict: "unconfirmed",
  previousContent: null,
});

/** What is recorded of the answer where it goes to somebody who is BUSY as well: no stand-in answers it (R03, R07). */
const unanswered = (recipient: User | null, now: number): StandInJobDraft | null =>
  isBusy(recipient, null, now)
    ? { owner: recipient.id, period: recipient.period, wakeAt: null, decision: "automatic" }
    : null;

/** Inserts the answer right behind the head that was looked at, or says why it must not appear. */
const insert = async (
  { messages, users, relations, standIns, clock }: Ports,
  job: Committing,
): Promise<{ decision: Decision; said: boolean; inserted: boolean }> => {
  const { conversation, owner, writer, answer, period, seq } = job;
  const [{ settings }, recipient, blocks] = await Promise.all([
    standIns.settings(owner),
    users.find(writer),
    relations.between(owner, writer),
  ]);
  // What whoever wrote does not want to hear from the owner, they do not hear from the owner's stand-in either.
  const draft = draftOf(
    job,
    blocks.some((block) => block.owner === writer),
  );
  for (;;) {
    // The head comes first: whatever is written after it makes the insert below fail, and all is looked at anew.
    const head = await messages.head(conversation);
    const headSeq = head?.seq ?? 0;
    if ((await messages.find(answer.id)) !== null) return { decision: answer.decision, said: true, inserted: false };
    const [ownWords, said] = await Promise.all([
      messages.lastInPerson(conversation, owner),
      readSaid(messages, conversation, owner),
    ]);
    if (ownWords !== null && ownWords.seq > seq && ownWords.period === period)
      return { decision: "owner-wrote", said: false, inserted: false };
    const used = answer.notice ? noticeGiven(said, period) : answersGiven(said, period) >= settings.answersPerPeriod;
    const capped = used || loopReached(said, ownWords?.seq ?? 0, clock.now());
    if (capped) return { decision: "limited", said: false, inserted: false };
    const result = await messages.insertAt(headSeq + 1, draft, unanswered(recipient, clock.now()));
    if (result === "inserted" || result === "id-taken")
      return { decision: answer.decision, said: true, inserted: result === "inserted" };
    if (result !== "seq-taken") return { decision: "limited", said: false, inserted: false };
  }
};

/** Brings a committing job to its end, whoever began it; doing it twice, or side by side, says it once. */
export const finish = async (ports: Ports, job: StandInJob): Promise<void> => {
  if (!isCommitting(job)) return;
  const { decision, said, inserted } = await insert(ports, job);
  const { detail } = job.answer;
  try {
    await ports.messages.endJob(job.trigger, { state: said ? "done" : "dropped", decision, detail, worker: null });
  } finally {
    // Last, so that whoever hears of the answer can read what was decided; and whatever came of that, for the answer is there.
    if (inserted) await announce(ports, job);
  }
};

const announce = async ({ messages, events }: Ports, { answer }: Committing): Promise<void> => {
  const message: Message | null = await messages.find(answer.id);
  if (message !== null) events.publish({ type: "message-stored", message, via: null });
};

/** The last step of a worker: the answer appears, unless the owner came back or wrote, however late (R19–R21). */
export const commit = async (ports: Ports, job: StandInJob, worker: string, answer: StandInAnswer): Promise<void> => {
  const { messages, users, clock } = ports;
  const owner = await users.find(job.owner);
  if (!isBusy(owner, job.period, clock.now())) {
    await messages.endJob(job.trigger, { state: "dropped", decision: "owner-returned", detail: null, worker });
    return;
  }
  const committing = await messages.commitJob(job.trigger, worker, answer, clock.now() + claimMs);
  if (committing !== null) await finish(ports, committing);
};
