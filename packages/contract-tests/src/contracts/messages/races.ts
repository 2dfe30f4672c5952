import assert from "node:assert/strict";
import { conversationOf, type Message, type MessageRepository, type StandInJob } from "@standin/core/ports";
import { createDrafts, noon } from "../../drafts.ts";
import { atOnce, nextTurn, numbers, tally } from "../../expectations.ts";
import { claimed, claimMs, createPair, insertNext, seqsOf, store, storeJob } from "./message-case.ts";

const claimEnd = noon + claimMs;

/** 8 writers send 25 messages each into one conversation, while a reader follows it. */
export const writersInOneConversation = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  let isWriting = true;
  const write = async (writer: number): Promise<Message[]> => {
    const own: Message[] = [];
    for (const _ of numbers(1, 25))
      own.push(await store(port, writer % 2 === 0 ? drafts.message(low, high) : drafts.message(high, low)));
    return own;
  };
  // A number that was given before its commit shows here: the reader sees a later one first.
  const follow = async (): Promise<void> => {
    for (let seen = 0; isWriting; await nextTurn())
      for (const { seq } of await port.page(conversation, { after: seen, limit: 1_000 })) {
        seen += 1;
        assert.equal(seq, seen, "A reader saw a message before the one with the number below");
      }
  };
  const writing = atOnce(8, write).finally(() => {
    isWriting = false;
  });
  const [written] = await Promise.all([writing, follow()]);
  for (const own of written)
    assert.deepEqual(
      seqsOf(own),
      seqsOf(own).toSorted((a, b) => a - b),
      "A writer's messages changed places",
    );
  const inOrder = written.flat().sort((one, other) => one.seq - other.seq);
  assert.deepEqual(seqsOf(inOrder), numbers(1, 200), "Numbers have holes or repeats");
  assert.deepEqual(await port.page(conversation, { limit: 1_000 }), inOrder);
  let [fromLow, fromHigh] = [0, 0];
  for (const { sender, counts } of inOrder) {
    if (sender === low) fromLow += 1;
    else fromHigh += 1;
    assert.deepEqual(counts, [fromLow, fromHigh], "Counts do not go on from the message before");
  }
};

/** Four messages each into 50 conversations, all at once. */
export const manyConversations = async (port: MessageRepository): Promise<void> => {
  const drafts = createDrafts();
  const pairs = numbers(1, 50).map(() => createPair(drafts));
  await atOnce(200, (index) => {
    const { low, high } = pairs[index % 50] ?? createPair(drafts);
    return store(port, drafts.message(low, high));
  });
  for (const { conversation } of pairs)
    assert.deepEqual(seqsOf(await port.page(conversation, { limit: 9 })), numbers(1, 4));
};

/** One send 20 times at once, as a client does that hears nothing. */
export const oneSendManyTimes = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  for (const round of numbers(1, 5)) {
    const draft = drafts.message(low, high, { clientMsgId: `client-${round}` });
    const results = await atOnce(20, () => port.append({ ...draft, id: drafts.id() }, drafts.job(high)));
    assert.deepEqual(tally(results.map(({ outcome }) => outcome)), { stored: 1, repeated: 19 });
    const messages = results.flatMap((result) => (result.outcome === "conflict" ? [] : result.message));
    assert.equal(new Set(messages.map(({ id, seq }) => `${id} ${seq}`)).size, 1, "Not all got the first message");
    assert.equal((await port.head(conversation))?.id, messages[0]?.id);
    assert.equal((await port.job(messages[0]?.id ?? ""))?.seq, round);
  }
  assert.deepEqual(seqsOf(await port.page(conversation, { limit: 99 })), numbers(1, 5));
};

/** One clientMsgId for 10 different texts at once. */
export const oneClientIdManyTexts = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  const results = await atOnce(10, () => port.append(drafts.message(low, high, { clientMsgId: "client-1" }), null));
  assert.deepEqual(tally(results.map(({ outcome }) => outcome)), { stored: 1, conflict: 9 });
  assert.equal((await port.page(conversation, { limit: 99 })).length, 1);
};

/** 10 inserts at one number, and 10 of one message. */
export const insertsAtOneNumber = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  const different = await atOnce(10, () => port.insertAt(1, drafts.standInMessage(high, low), null));
  assert.deepEqual(tally(different), { inserted: 1, "seq-taken": 9 });
  const draft = drafts.standInMessage(high, low);
  assert.deepEqual(tally(await atOnce(10, () => port.insertAt(2, draft, null))), { inserted: 1, "id-taken": 9 });
  assert.deepEqual(seqsOf(await port.page(conversation, { limit: 99 })), [1, 2]);
};

/** People write while a stand-in looks for its place. */
export const insertsAmongWriters = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  const insert = async (): Promise<void> => {
    const draft = drafts.standInMessage(high, low);
    // Somebody else is first at most as often as there are other messages.
    for (const _ of numbers(1, 44)) {
      const head = await port.head(conversation);
      const result = await port.insertAt((head?.seq ?? 0) + 1, draft, null);
      if (result === "inserted") return;
      assert.equal(result, "seq-taken");
    }
    assert.fail("The next number was never free");
  };
  await Promise.all([
    atOnce(4, async () => {
      for (const _ of numbers(1, 10)) await store(port, drafts.message(low, high));
    }),
    atOnce(4, insert),
  ]);
  const page = await port.page(conversation, { limit: 99 });
  assert.deepEqual(seqsOf(page), numbers(1, 44));
  assert.equal(page.filter(({ origin }) => origin === "standin").length, 4);
};

/** 10 verdicts in one conversation at once. */
export const verdictsAtOnce = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  const said: Message[] = [];
  for (const _ of numbers(1, 10)) said.push(await insertNext(port, drafts.standInMessage(high, low)));
  const amended = await Promise.all(said.map(({ id }) => port.amend(id, { verdict: "corrected", content: "Better" })));
  assert.deepEqual(
    amended.map((message) => message?.rev ?? 0).sort((a, b) => a - b),
    numbers(1, 10),
  );
  assert.deepEqual(
    (await port.changedAfter(conversation, 0, 99)).map(({ rev }) => rev),
    numbers(1, 10),
  );
};

/** A reader's devices report what they have read, all at once. */
export const readersAtOnce = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high, conversation } = createPair();
  for (const _ of numbers(1, 10)) await store(port, drafts.message(low, high));
  await atOnce(10, (index) => port.markRead(conversation, high, ((index * 7) % 10) + 1));
  assert.deepEqual(await port.readPosition(conversation, high), { readSeq: 10, unread: 0 });
};

/** 10 workers for one job, and for two jobs that must not run together. */
export const workersForOneJob = async (port: MessageRepository): Promise<void> => {
  const { drafts, low, high } = createPair();
  const claim = (job: StandInJob, worker: number): Promise<StandInJob | null> =>
    port.claimJob(job.trigger, { worker: `worker-${worker}`, now: noon, until: claimEnd });
  const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
  const winners = (await atOnce(10, (worker) => claim(job, worker))).flatMap((running) => running ?? []);
  assert.equal(winners.length, 1, "Of racing workers one wins");
  assert.deepEqual(await port.job(job.trigger), winners[0]);

  const third = drafts.id();
  const [one, other] = [
    await storeJob(port, drafts.message(third, high), drafts.job(high)),
    await storeJob(port, drafts.message(third, high), drafts.job(high)),
  ];
  const running = await atOnce(10, (worker) => claim(worker % 2 === 0 ? one : other, worker));
  assert.equal(running.flatMap((each) => each ?? []).length, 1, "Two jobs of one conversation and owner run");
  const states = await Promise.all([one, other].map(async ({ trigger }) => (await port.job(trigger))?.state));
  assert.deepEqual(states.sort(), ["pending", "running"]);
};

const runningJobs = async (port: MessageRepository): Promise<readonly StandInJob[]> => {
  const drafts = createDrafts();
  const owner = drafts.id();
  const jobs: StandInJob[] = [];
  for (const _ of numbers(1, 12)) {
    const job = await storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner));
    jobs.push(await claimed(port, job, "worker-1"));
  }
  return jobs;
};

/** Claims ended: the old worker goes on, or a new one takes over, never both. */
export const oldWorkerAgainstNew = async (port: MessageRepository): Promise<void> => {
  const drafts = createDrafts();
  for (const [index, { trigger }] of (await runningJobs(port)).entries()) {
    const goOn = async (): Promise<boolean> =>
      index % 2 === 0
        ? port.renewJob(trigger, "worker-1", claimEnd + claimMs)
        : (await port.commitJob(trigger, "worker-1", drafts.answer(), claimEnd + claimMs)) !== null;
    const takeOver = async (): Promise<boolean> =>
      (await port.claimJob(trigger, { worker: "worker-2", now: claimEnd, until: claimEnd + claimMs })) !== null;
    // In both orders, because a store may serve them in the order of the calls.
    const racing = index % 4 < 2 ? [goOn(), takeOver()] : [takeOver(), goOn()];
    const outcomes = await Promise.all(racing);
    assert.equal(outcomes.filter(Boolean).length, 1, "The old worker and the new one both hold the job, or neither");
  }
};

/** The owner comes back while answers commit: each job is dropped, or was told to be committing. */
export const ownerAgainstCommits = async (port: MessageRepository): Promise<void> => {
  const drafts = createDrafts();
  const jobs = await runningJobs(port);
  const owner = jobs[0]?.owner ?? "";
  const commit = async (job: StandInJob, index: number): Promise<boolean> => {
    for (let turn = 0; turn < index % 3; turn += 1) await nextTurn();
    return (await port.commitJob(job.trigger, "worker-1", drafts.answer(), claimEnd)) !== null;
  };
  const half = jobs.length / 2;
  const commits = jobs.slice(0, half).map(commit);
  const dropping = port.dropJobs({ owner }, "owner-returned");
  commits.push(...jobs.slice(half).map(commit));
  const [committed, toFinish] = await Promise.all([Promise.all(commits), dropping]);
  for (const [index, { trigger }] of jobs.entries()) {
    const isTold = toFinish.some((job) => job.trigger === trigger);
    assert.equal(committed[index], isTold, "A job was committed behind the back of the one who dropped it");
    assert.equal((await port.job(trigger))?.state, isTold ? "committing" : "dropped");
  }
};

/** 10 finishers of one answer. */
export const finishersAtOnce = async (port: MessageRepository): Promise<void> => {
  const drafts = createDrafts();
  for (const { trigger } of (await runningJobs(port)).slice(0, 3)) {
    await port.commitJob(trigger, "worker-1", drafts.answer(), claimEnd);
    const ended = await atOnce(10, (index) =>
      port.endJob(trigger, { state: "done", decision: "answered", detail: `${index}`, worker: null }),
    );
    assert.equal(ended.filter(Boolean).length, 1, "A job ended more than once, or never");
    assert.equal((await port.job(trigger))?.detail, String(ended.indexOf(true)));
  }
};

/** A conversation's two people begin it at the same moment. */
export const firstMessagesAtOnce = async (port: MessageRepository): Promise<void> => {
  const drafts = createDrafts();
  const user = drafts.id();
  const peers = numbers(1, 10).map(() => drafts.id());
  await Promise.all(
    peers.flatMap((peer) => [store(port, drafts.message(user, peer)), store(port, drafts.message(peer, user))]),
  );
  const listed = await port.conversations(user, { limit: 99, cursor: null });
  assert.deepEqual(listed.conversations.map(({ peer }) => peer).sort(), peers);
  for (const peer of peers) assert.equal((await port.head(conversationOf(user, peer)))?.seq, 2);
};
