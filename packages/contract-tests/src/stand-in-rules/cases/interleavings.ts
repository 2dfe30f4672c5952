import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { conversationOf, type Message } from "@standin/core";
import type { AutoResponder } from "@standin/core/ports";
import { atOnce, nextTurn, numbers } from "../../expectations.ts";
import { type Person, type Scene, second, storeRule } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** 128 owners and 4 writers are 512 conversations, in each of which the owner comes between once. Eight owners have their turn at a time. */
const owners = 128;
const writers = 4;
const atATime = 8;

/** A small seeded generator, so that the schedule is the same in every run as far as the store lets it be. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Waits for a while of random length: some microtasks, some turns of the event loop, or a part of something long. */
const linger = async (random: () => number, wait: (part: number) => Promise<unknown>): Promise<void> => {
  const scale = Math.floor(random() * 3);
  const length = random();
  if (scale === 0) for (let left = length * 60; left > 0; left -= 1) await null;
  if (scale === 1) for (let left = length * 4; left > 0; left -= 1) await nextTurn();
  if (scale === 2) await wait(length);
};

/** Takes its time, and tells when it has done its part. */
interface LingeringModel extends AutoResponder {
  /** How often it was asked. */
  readonly calls: number;
  /** Resolves when it has written the answer in this conversation: from then on all lies with the commit. */
  wrote(owner: Person, writer: Person): Promise<void>;
}

const createLingering = (seed: number) => (): LingeringModel => {
  const random = createRandom(seed);
  const conversations = new Map<string, PromiseWithResolvers<void>>();
  let calls = 0;
  const gateOf = (owner: string, writer: string): PromiseWithResolvers<void> => {
    const key = `${owner} ${writer}`;
    const gate = conversations.get(key) ?? Promise.withResolvers<void>();
    conversations.set(key, gate);
    return gate;
  };
  return {
    provider: "gemini",
    get calls() {
      return calls;
    },
    async respond({ ownerName, writerName }) {
      calls += 1;
      await linger(random, (part) => setTimeout(part * 15));
      gateOf(ownerName, writerName).resolve();
      return { text: "She is in a meeting.", model: "lingering" };
    },
    wrote: (owner, writer) => gateOf(owner.name, writer.name).promise,
  };
};

/** How one conversation ended. */
interface Outcome {
  readonly answers: number;
  /** Answers that appeared after the owner's change was acknowledged. */
  readonly late: number;
}

/** The owner does something while the stand-in is at work in these conversations; `ends` are the numbers behind which no answer may appear. */
type Return = (
  scene: Scene,
  owner: Person,
  people: readonly Person[],
  model: LingeringModel,
  pause: () => Promise<void>,
) => Promise<readonly number[]>;

const leaves: Return = async ({ declare, store }, owner, people, model, pause) => {
  await model.wrote(owner, people[owner.id.charCodeAt(23) % people.length] ?? owner);
  await pause();
  await declare(owner, "AVAILABLE");
  const heads = await Promise.all(people.map(({ id }) => store.messages.head(conversationOf(owner.id, id))));
  return heads.map((head) => head?.seq ?? 0);
};

const writes: Return = ({ send }, owner, people, model, pause) =>
  Promise.all(
    people.map(async (person) => {
      await model.wrote(owner, person);
      await pause();
      return (await send(owner, person, "I am here")).seq;
    }),
  );

const answersIn = async ({ store }: Scene, owner: Person, writer: Person): Promise<readonly Message[]> =>
  store.messages.standInMessages(conversationOf(owner.id, writer.id), owner.id, 10);

/** Two nodes work; owners who are BUSY come between, a few at a time. */
const interleave = async (scene: Scene, model: LingeringModel, comeBack: Return): Promise<readonly Outcome[]> => {
  const { time, calls } = scene;
  const random = createRandom(20_300_101);
  await scene.declare(scene.owner, "AVAILABLE");
  await scene.node().start();
  const people = await atOnce(writers, (index) => scene.signUp(`Writer ${index}`));

  const busyOwner = async (name: string): Promise<Person> => {
    const owner = await scene.signUp(name);
    await scene.declare(owner, "BUSY");
    await Promise.all(people.map((person) => scene.send(person, owner, "Are you there?")));
    return owner;
  };
  const anyWritten = (owner: Person): Promise<void> => Promise.race(people.map((person) => model.wrote(owner, person)));
  const outcomesOf = async (owner: Person, ends: readonly number[]): Promise<readonly Outcome[]> => {
    const said = await Promise.all(people.map((person) => answersIn(scene, owner, person)));
    return said.map((answers, index) => ({
      answers: answers.length,
      late: answers.filter(({ seq }) => seq > (ends[index] ?? 0)).length,
    }));
  };

  const outcomes: Outcome[] = [];
  /** How many calls of the store it takes from the first answer that is written to the last that is said. */
  let work = 0;
  for (const round of numbers(0, owners / atATime)) {
    const busy = await atOnce(atATime, (index) => busyOwner(`Owner ${round} ${index}`));
    const working = time.leap(2 * second);
    if (round === 0) {
      // A trial, in which nobody comes between.
      await Promise.race(busy.map(anyWritten));
      const before = calls.made;
      await working;
      work = calls.made - before;
    } else {
      // Not by a clock: how far the work has come, on whatever store and machine, is what matters.
      const pause = (): Promise<void> =>
        linger(random, (part) => Promise.race([calls.untilMade(calls.made + part * work), working]));
      const ends = await Promise.all(busy.map((owner) => comeBack(scene, owner, people, model, pause)));
      await working;
      await time.leap(5 * second);
      for (const [index, owner] of busy.entries()) outcomes.push(...(await outcomesOf(owner, ends[index] ?? [])));
    }
    for (const owner of busy) await scene.declare(owner, "AVAILABLE");
  }
  return outcomes;
};

const check = (outcomes: readonly Outcome[]): void => {
  assert.equal(outcomes.length, owners * writers);
  assert.equal(outcomes.filter(({ late }) => late > 0).length, 0, "late answers");
  assert.equal(outcomes.filter(({ answers }) => answers > 1).length, 0, "answered twice");
  // Both were met, or nothing was proved.
  const answered = outcomes.filter(({ answers }) => answers === 1).length;
  const few = outcomes.length / 50;
  assert.ok(answered > few && outcomes.length - answered > few, `${answered} of ${outcomes.length} were answered`);
};

/** R21, R27: the owner and the stand-in, and two workers, at the same time. */
export const interleavingCases: readonly StandInRuleCase[] = [
  storeRule(
    "R21",
    "the owner leaves BUSY while 512 answers are between generation and commit: none appears once that is acknowledged",
    async (scene, model) => check(await interleave(scene, model, leaves)),
    createLingering(1),
  ),

  storeRule(
    "R21-writes",
    "the owner writes in 512 conversations while the answer is between generation and commit: none comes after the owner's words",
    async (scene, model) => check(await interleave(scene, model, writes)),
    createLingering(2),
  ),

  storeRule(
    "R27",
    "three workers on one store and 48 bursts at once: one answer each, to the last message, written, stored and announced once",
    async (scene, model) => {
      const { time, events } = scene;
      const people = await atOnce(16, (index) => scene.signUp(`Writer ${index}`));
      const busy = [scene.owner, ...(await atOnce(2, (index) => scene.signUp(`Owner ${index}`)))];
      for (const owner of busy) await scene.declare(owner, "BUSY");
      const pairs = busy.flatMap((owner) => people.map((writer) => ({ owner, writer })));
      const last = await Promise.all(
        pairs.map(async ({ owner, writer }) => {
          for (const text of ["one", "two"]) await scene.send(writer, owner, text);
          return scene.send(writer, owner, "three");
        }),
      );
      // All is due when they begin, so that they reach for the same at the same time; a timer's turn would come after all that the one before it set going.
      time.set(time.clock.now() + 3 * second);
      await atOnce(3, () => scene.node().start());
      for (let count = 0; count < 5; count += 1) await time.leap(3 * second);
      for (const [index, { owner, writer }] of pairs.entries()) {
        const answers = await answersIn(scene, owner, writer);
        assert.deepEqual(
          answers.map(({ inReplyTo, seq }) => [inReplyTo, seq]),
          [[last[index]?.id, 4]],
        );
      }
      const announced = events.filter((event) => event.type === "message-stored" && event.message.origin === "standin");
      assert.equal(announced.length, pairs.length);
      assert.equal(model.calls, pairs.length, "written more than once");
    },
    createLingering(3),
  ),
];
