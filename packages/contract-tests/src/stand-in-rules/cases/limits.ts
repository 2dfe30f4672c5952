import assert from "node:assert/strict";
import { minute, modelRule, only, rule, second } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

const isLast = /my last automatic answer/;

/** R09, R10, R11: how often, and when. */
export const limitCases: readonly StandInRuleCase[] = [
  rule(
    "R09",
    "one fixed text per writer and period, over a restart; another writer and the next period get theirs",
    async (scene) => {
      const { owner, time } = scene;
      await scene.ask();
      await scene.restart();
      await scene.ask("still there?");
      assert.equal((await scene.said()).length, 1);
      assert.deepEqual(await scene.decisions(), ["limited", "notice"]);
      const third = await scene.signUp("Tess");
      await scene.send(third, owner, "hello");
      await time.leap(5 * second);
      assert.equal((await scene.history(third, owner)).length, 2);
      await scene.nextPeriod();
      await scene.ask("and now?");
      assert.equal((await scene.said()).length, 2);
    },
  ),

  modelRule(
    "R09-failed",
    "the template in place of a model that failed counts too: the second time there is silence",
    async (scene) => {
      scene.model.stage("fails");
      await scene.ask("1");
      await scene.ask("2");
      assert.equal(only(await scene.said()).notice, true);
      assert.deepEqual(await scene.decisions(), ["provider-failed", "provider-failed"]);
    },
  ),

  modelRule("R09-mixed", "a notice, and then a model that fails: the fixed text does not come twice", async (scene) => {
    await scene.settings({ mode: "notice" });
    await scene.ask("1");
    await scene.settings({ mode: "answer" });
    scene.model.stage("fails");
    await scene.ask("2");
    assert.equal((await scene.said()).length, 1);
  }),

  modelRule(
    "R10",
    "three answers of a model per writer and period, the last one says so; then silence, over a restart, and all is kept",
    async (scene) => {
      const { owner, time } = scene;
      for (const text of ["1", "2", "3", "4"]) await scene.ask(text);
      await scene.restart();
      await scene.ask("5");
      assert.deepEqual(
        (await scene.said()).map(({ content }) => isLast.test(content)),
        [false, false, true],
      );
      assert.equal(scene.model.calls.length, 3);
      assert.deepEqual((await scene.decisions()).slice(0, 2), ["limited", "limited"]);
      assert.equal((await scene.history(owner, scene.writer)).length, 8);
      const third = await scene.signUp("Tess");
      await scene.send(third, owner, "hello");
      await time.leap(5 * second);
      assert.equal((await scene.history(third, owner)).length, 2);
      await scene.nextPeriod();
      await scene.ask("6");
      assert.equal((await scene.said()).length, 4);
    },
  ),

  modelRule("R10-set", "as many as the owner set", async (scene) => {
    await scene.settings({ answersPerPeriod: 1 });
    await scene.ask("1");
    await scene.ask("2");
    assert.match(only(await scene.said()).content, isLast);
    assert.deepEqual(await scene.decisions(), ["limited", "answered"]);
  }),

  rule("R11", "a burst gets one answer, to the last of it, once it has paused for the window", async (scene) => {
    const { owner, writer, time } = scene;
    for (const text of ["a", "b"]) {
      await scene.send(writer, owner, text);
      await time.advance(1.5 * second);
    }
    const last = await scene.send(writer, owner, "c");
    await time.advance(1.9 * second);
    assert.deepEqual(await scene.said(), []);
    await time.advance(0.2 * second);
    assert.equal(only(await scene.said()).inReplyTo, last.id);
    assert.deepEqual(await scene.decisions(), ["notice", "merged", "merged"]);
  }),

  rule("R11-long", "a burst that does not pause is answered after five windows", async (scene) => {
    const { owner, writer, time } = scene;
    for (let past = 0; past < 10 * second; past += second) {
      assert.deepEqual(await scene.said(), [], `after ${past} ms`);
      await scene.send(writer, owner, "more");
      await time.advance(second);
    }
    await time.advance(0.2 * second);
    assert.equal((await scene.said()).length, 1);
  }),

  rule(
    "R11-wait",
    "waitSeconds leaves the owner time to answer first; what speaks against it is judged then",
    async (scene) => {
      await scene.settings({ waitSeconds: 60 });
      await scene.ask("1", 58 * second);
      assert.deepEqual(await scene.said(), []);
      await scene.time.advance(3 * second);
      assert.equal((await scene.said()).length, 1);
      await scene.nextPeriod();
      await scene.ask("2", 30 * second);
      await scene.settings({ mode: "off" });
      await scene.time.leap(minute);
      assert.equal((await scene.said()).length, 1);
      assert.equal((await scene.decisions())[0], "off");
    },
  ),

  modelRule("R11-next", "what comes while a model writes waits, and is the next batch", async (scene) => {
    const { owner, writer, model, time } = scene;
    model.stage("stalls");
    await scene.ask("first", 3 * second);
    await scene.untilAsked(1);
    model.stage({ says: "In time." });
    const follower = await scene.send(writer, owner, "second");
    const third = await scene.send(writer, owner, "third");
    await time.advance(3 * second);
    assert.deepEqual(await scene.said(), []);
    assert.equal(model.calls.length, 1);
    await time.advance(15 * second);
    assert.equal((await scene.job(follower))?.decision, "merged");
    assert.equal((await scene.job(third))?.decision, "answered");
    assert.deepEqual(
      (await scene.said()).map(({ notice }) => notice),
      [true, false],
    );
  }),
];
