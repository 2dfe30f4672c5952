import assert from "node:assert/strict";
import { announced, minute, modelRule, only, rule, second } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** R01, R02, R04, R26: what was written comes first, and the answer is a message of its own. */
export const storeFirstCases: readonly StandInRuleCase[] = [
  modelRule("R01", "a message is stored, acknowledged and announced though the model never answers", async (scene) => {
    const { owner, writer, model, time } = scene;
    model.stage("stalls");
    const first = await scene.send(writer, owner, "one");
    assert.deepEqual(
      announced(scene).map(({ id }) => id),
      [first.id],
    );
    await time.leap(3 * second);
    await scene.untilAsked(1);
    const next = await scene.send(writer, owner, "two");
    assert.equal(next.seq, first.seq + 1);
    const stored = await scene.history(owner, writer);
    assert.deepEqual(
      stored.map(({ content, origin }) => [content, origin]),
      [
        ["one", "person"],
        ["two", "person"],
      ],
    );
    await scene.declare(owner, "AVAILABLE");
  }),

  rule("R02", "the answer is a second message, from the busy person to the one who wrote", async (scene) => {
    const { owner, writer } = scene;
    const trigger = await scene.ask();
    const [first, follower, ...others] = await scene.history(writer, owner);
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(first, {
      id: trigger.id,
      content: "Are you there?",
      sender: writer.id,
      origin: "person",
    });
    assert.partialDeepStrictEqual(follower, { sender: owner.id, recipient: writer.id, origin: "standin" });
  }),

  rule(
    "R04",
    "origin, sender and all that says what a message is come from the server, whatever a client sends",
    async (scene) => {
      const { chat, owner, writer, time } = scene;
      const claims = {
        _id: "f".repeat(24),
        id: "f".repeat(24),
        seq: 99,
        sender: owner.id,
        origin: "standin",
        onBehalfOf: owner.id,
        label: "Olga's assistant",
        inReplyTo: "f".repeat(24),
        generator: { provider: "template" },
        notice: true,
        verdict: "confirmed",
        blocked: true,
        messageOnly: true,
        period: 7,
      };
      const sent = await chat.sendMessage(writer.caller, { ...claims, to: owner.id, message: "hello" });
      assert.notEqual(sent.id, claims.id);
      assert.partialDeepStrictEqual(sent, {
        seq: 1,
        sender: writer.id,
        origin: "person",
        label: null,
        inReplyTo: null,
        generator: null,
        notice: false,
        verdict: null,
        messageOnly: false,
        period: null,
      });
      await time.leap(5 * second);
      assert.equal((await scene.said()).length, 1);
    },
  ),

  rule(
    "R26",
    "the answer comes after what it answers: in its number, in history and in what is announced",
    async (scene) => {
      const { owner, writer } = scene;
      const trigger = await scene.ask();
      const answer = only(await scene.said());
      assert.equal(answer.seq, trigger.seq + 1);
      for (const viewer of [owner, writer]) {
        const seen = await scene.history(viewer, viewer === owner ? writer : owner);
        assert.deepEqual(
          seen.map(({ id }) => id),
          [trigger.id, answer.id],
        );
      }
      await scene.time.leap(minute);
      assert.deepEqual(
        announced(scene).map(({ id }) => id),
        [trigger.id, answer.id],
      );
    },
  ),
];
