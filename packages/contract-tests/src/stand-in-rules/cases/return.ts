import assert from "node:assert/strict";
import type { StandInAnswer, StandInJob } from "@standin/core/ports";
import { createDrafts } from "../../drafts.ts";
import { until } from "../../expectations.ts";
import { announced, minute, modelRule, only, rule, type Scene, second } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** The model has been asked and does not answer. */
const untilWriting = async ({ ask, model, untilAsked }: Scene): Promise<void> => {
  model.stage("stalls");
  await ask("?", 3 * second);
  await untilAsked(1);
  assert.equal(model.aborted, 0);
};

const nothingSaid = async ({ time, model, said }: Scene): Promise<void> => {
  await until("the call is aborted", () => model.aborted === 1);
  await time.leap(second);
  await time.leap(minute);
  assert.deepEqual(await said(), []);
};

/** A worker claims the message's job, and dies. */
const claimedByTheDead = async ({ store, time }: Scene, trigger: string): Promise<StandInJob | null> => {
  const now = time.clock.now();
  return store.messages.claimJob(trigger, { worker: "dead", now, until: now + 3 * second });
};

/** R19, R20, R22: the owner is back, or the process was gone. */
export const returnCases: readonly StandInRuleCase[] = [
  rule("R19", "the owner is AVAILABLE again before the answer is due: nothing is said", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.send(writer, owner, "?");
    await scene.declare(owner, "AVAILABLE");
    await time.leap(minute);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-returned"]);
  }),

  rule("R19-online", "the same by ONLINE, the other word for being back", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.send(writer, owner, "?");
    await scene.declare(owner, "ONLINE");
    await time.leap(minute);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-returned"]);
  }),

  rule("R19-until", "the end that the owner gave passes before it is due: nothing is said", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.declare(owner, "BUSY", { until: new Date(time.clock.now() + second).toISOString() });
    await scene.send(writer, owner, "?");
    await time.leap(minute);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-returned"]);
  }),

  rule(
    "R19-again",
    "away and BUSY again is another period: what was asked in the first one is not answered",
    async (scene) => {
      const { owner, writer, time } = scene;
      await scene.send(writer, owner, "?");
      await scene.nextPeriod();
      await time.leap(minute);
      assert.deepEqual(await scene.said(), []);
      const end = new Date(time.clock.now() + second).toISOString();
      await scene.declare(owner, "BUSY", { until: end });
      await scene.send(writer, owner, "?");
      await time.advance(1.2 * second);
      await scene.declare(owner, "BUSY");
      await time.leap(minute);
      assert.deepEqual(await scene.said(), []);
      assert.deepEqual(await scene.decisions(), ["owner-returned", "owner-returned"]);
    },
  ),

  modelRule(
    "R19-abort",
    "the owner comes back while a model writes: the call is aborted, and nothing is said",
    async (scene) => {
      await untilWriting(scene);
      await scene.declare(scene.owner, "AVAILABLE");
      await nothingSaid(scene);
      assert.deepEqual(await scene.decisions(), ["owner-returned"]);
    },
  ),

  modelRule(
    "R19-elsewhere",
    "the same when the owner comes back on another node: within a second or two",
    async (scene) => {
      await untilWriting(scene);
      await scene.node().changeStatus(scene.owner.caller, { status: "AVAILABLE" });
      await scene.time.advance(2 * second);
      await nothingSaid(scene);
      assert.deepEqual(await scene.decisions(), ["owner-returned"]);
    },
  ),

  modelRule("R19-expiry", "the end passes while a model writes: what it wrote is not said", async (scene) => {
    const { owner, model, time } = scene;
    await scene.declare(owner, "BUSY", { until: new Date(time.clock.now() + 5 * second).toISOString() });
    model.stage("stalls");
    await scene.ask("?", 3 * second);
    await scene.untilAsked(1);
    await time.advance(30 * second);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-returned"]);
  }),

  modelRule(
    "R19-expiry-abort",
    "the end passes while a model writes: the call is aborted then, and the decision can be read",
    async (scene) => {
      const { owner, model, time } = scene;
      await scene.declare(owner, "BUSY", { until: new Date(time.clock.now() + 5 * second).toISOString() });
      model.stage("stalls");
      await scene.ask("?", 3 * second);
      await scene.untilAsked(1);
      assert.equal(model.aborted, 0);
      await time.advance(2.5 * second);
      await until("the call is aborted", () => model.aborted === 1);
      await time.advance(0.5 * second);
      assert.deepEqual(await scene.decisions(), ["owner-returned"]);
      assert.deepEqual(await scene.said(), []);
    },
  ),

  modelRule("R19-extended", "the owner puts the end off while a model writes: it goes on", async (scene) => {
    const { owner, model, time } = scene;
    const inSeconds = (count: number): string => new Date(time.clock.now() + count * second).toISOString();
    await scene.declare(owner, "BUSY", { until: inSeconds(5) });
    model.stage("stalls");
    await scene.ask("?", 3 * second);
    await scene.untilAsked(1);
    await scene.declare(owner, "BUSY", { until: inSeconds(60) });
    await time.advance(5 * second);
    assert.equal(model.aborted, 0);
    await time.advance(20 * second);
    assert.equal((await scene.said()).length, 1);
  }),

  modelRule(
    "R20",
    "the owner writes in the conversation while a model writes: the call is aborted, and nothing is said",
    async (scene) => {
      await untilWriting(scene);
      await scene.send(scene.owner, scene.writer, "Here I am");
      await nothingSaid(scene);
      assert.deepEqual(await scene.decisions(), ["owner-wrote"]);
    },
  ),

  rule("R20-silence", "after the owner's own words nothing is said there for 30 min", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.send(writer, owner, "1");
    await scene.send(owner, writer, "one moment");
    await time.leap(29 * minute);
    await scene.ask("2");
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-silenced", "owner-wrote"]);
    await time.leap(minute);
    await scene.ask("3");
    assert.equal((await scene.said()).length, 1);
  }),

  rule("R20-first", "so it is also when nobody wrote to the owner before", async (scene) => {
    await scene.send(scene.owner, scene.writer, "busy now, but ask");
    await scene.ask();
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-silenced"]);
  }),

  rule(
    "R20-before",
    "what the owner wrote before this period does not count, nor what they write to others",
    async (scene) => {
      const { owner, writer } = scene;
      const third = await scene.signUp("Tess");
      await scene.declare(owner, "AVAILABLE");
      await scene.send(owner, writer, "back later");
      await scene.declare(owner, "BUSY");
      await scene.send(owner, third, "to somebody else");
      await scene.ask();
      assert.equal((await scene.said()).length, 1);
    },
  ),

  rule("R20-drafts", "drafts disturb nobody and are still made", async (scene) => {
    const { chat, owner, writer } = scene;
    await scene.settings({ mode: "suggest" });
    await scene.send(owner, writer, "In a minute");
    await scene.ask();
    only((await chat.standIn.suggestions(owner.caller, {})).suggestions);
    assert.deepEqual(await scene.decisions(), ["suggested"]);
  }),

  rule(
    "R22",
    "after a restart what is still wanted is said within 5 s, and what is no longer is dropped",
    async (scene) => {
      const { owner, writer, time } = scene;
      const third = await scene.signUp("Tess");
      await scene.declare(third, "BUSY", { until: new Date(time.clock.now() + 10 * second).toISOString() });
      await scene.send(writer, owner, "still wanted");
      const over = await scene.send(writer, third, "no longer");
      await scene.restart(minute);
      await time.advance(5 * second);
      assert.equal((await scene.said()).length, 1);
      assert.equal((await scene.history(writer, third)).length, 1);
      assert.equal((await scene.job(over))?.decision, "owner-returned");
    },
  ),

  rule("R22-running", "a burst that a dead worker held is taken over within 5 s, and answered once", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.send(writer, owner, "Are you there?");
    const trigger = await scene.send(writer, owner, "?");
    assert.equal((await claimedByTheDead(scene, trigger.id))?.state, "running");
    await scene.restart();
    await time.advance(5 * second);
    assert.equal(only(await scene.said()).inReplyTo, trigger.id);
    await time.leap(minute);
    assert.deepEqual(await scene.decisions(), ["notice", "merged"]);
  }),

  rule("R22-over", "one that a dead worker held is dropped when its period is over", async (scene) => {
    const { owner, writer, time } = scene;
    const trigger = await scene.send(writer, owner, "?");
    await claimedByTheDead(scene, trigger.id);
    await scene.restart();
    await scene.nextPeriod();
    await time.advance(10 * second);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["owner-returned"]);
  }),

  rule(
    "R22-committing",
    "what a crash left committing is there when the next processes have started, once",
    async (scene) => {
      const { owner, writer, time, ids } = scene;
      const trigger = await scene.send(writer, owner, "?");
      await claimedByTheDead(scene, trigger.id);
      const now = time.clock.now();
      const answer: StandInAnswer = createDrafts().answer({
        id: ids.id(),
        at: now,
        content: "Olga's assistant: later.",
        label: "Olga's assistant",
      });
      const committing = await scene.store.messages.commitJob(trigger.id, "dead", answer, now + 3 * second);
      assert.equal(committing?.state, "committing");
      await scene.restart();
      assert.equal(only(await scene.said()).id, answer.id);
      assert.deepEqual(await scene.decisions(), ["answered"]);
      await scene.node().start();
      await time.leap(minute);
      assert.equal((await scene.said()).length, 1);
      assert.equal(announced(scene).filter(({ id }) => id === answer.id).length, 1);
    },
  ),
];
