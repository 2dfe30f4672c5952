import assert from "node:assert/strict";
import type { Verdict } from "@standin/core/ports";
import { announced, minute, modelRule, only, rule, second } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** R28, R29: what a stand-in's message leaves untouched, and what its owner does with it. */
export const afterCases: readonly StandInRuleCase[] = [
  rule(
    "R28",
    "it marks nothing read, lowers no unread count, renews no connection and shows nobody online",
    async (scene) => {
      const { chat, owner, writer } = scene;
      await scene.ask();
      assert.equal((await scene.said()).length, 1);
      const positionOf = async (person: typeof owner): Promise<readonly number[]> => {
        const { readSeq, unread, lastSeq } = only((await chat.listConversations(person.caller, {})).conversations);
        return [readSeq, unread, lastSeq];
      };
      assert.deepEqual(await positionOf(owner), [0, 1, 2]);
      assert.deepEqual(await positionOf(writer), [0, 1, 2]);
      const { users } = await chat.listUsers(writer.caller, {});
      assert.partialDeepStrictEqual(only(users), { status: "BUSY", connected: false });
      assert.deepEqual(
        scene.events.filter(({ type }) => type === "messages-read" || type === "typing"),
        [],
      );
      assert.equal(scene.events.filter(({ type }) => type === "status-changed").length, 1);
    },
  ),

  modelRule("R28-typing", "while a model writes, an event of its own says so", async (scene) => {
    const { owner, writer } = scene;
    const trigger = await scene.ask();
    const shown = scene.events.filter(({ type }) => type === "stand-in-typing");
    assert.deepEqual(shown, [{ type: "stand-in-typing", owner: owner.id, writer: writer.id, inReplyTo: trigger.id }]);
    assert.deepEqual(
      scene.events.filter(({ type }) => type === "typing"),
      [],
    );
    assert.equal(announced(scene).length, 2);
  }),

  modelRule(
    "R29",
    "on return the owner reads who wrote, what was asked and what was said: urgent people first, blocked ones left out",
    async (scene) => {
      const { chat, owner, time } = scene;
      const [early, late, blocked] = [await scene.signUp("Eve"), await scene.signUp("Lea"), await scene.signUp("Bob")];
      const since = time.clock.now();
      await time.leap(minute);
      await scene.ask("1");
      await scene.send(early, owner, "please call");
      await chat.standIn.request(early.caller, { to: owner.id, urgent: true });
      await scene.send(blocked, owner, "buy this");
      await chat.block(owner.caller, blocked.id);
      await time.leap(minute);
      await scene.ask("2", second);
      await scene.send(late, owner, "hello");
      await time.leap(minute);
      const end = time.clock.now();
      await scene.declare(owner, "AVAILABLE");
      await time.leap(minute);
      await scene.send(scene.writer, owner, "after it");
      const briefing = await chat.standIn.briefing(owner.caller, {});
      assert.deepEqual([briefing.since, briefing.until, briefing.nextCursor], [since, end, null]);
      assert.deepEqual(
        briefing.people.map(({ user, messages, unread, urgent, first, last, answers }) => [
          user.username,
          messages,
          unread,
          urgent,
          first.content,
          last.content,
          answers.length,
        ]),
        [
          ["Eve", 1, 1, true, "please call", "please call", 1],
          ["Will", 2, 3, false, "1", "2", 2],
          ["Lea", 1, 1, false, "hello", "hello", 1],
        ],
      );
      const [, will] = briefing.people;
      const said = (await scene.said()).map(({ id }) => id);
      assert.deepEqual(will?.answers.map(({ id }) => id).sort(), said.sort());
    },
  ),

  rule(
    "R29-verdict",
    "the owner confirms, corrects or withdraws what was said in their name; both are told, and the first words are kept",
    async (scene) => {
      const { chat, owner, writer, time } = scene;
      await scene.ask();
      const answer = only(await scene.said());
      const judge = (verdict: "confirmed" | "corrected" | "withdrawn", content?: string) =>
        chat.standIn.judge(owner.caller, answer.id, { verdict, content });
      await assert.rejects(chat.standIn.judge(writer.caller, answer.id, { verdict: "withdrawn" }), {
        code: "NOT_FOUND",
      });
      assert.partialDeepStrictEqual(await judge("confirmed"), {
        content: answer.content,
        verdict: "confirmed",
        rev: 1,
      });
      await judge("corrected", "At six, sorry.");
      assert.partialDeepStrictEqual((await scene.history(writer, owner))[1], {
        content: "At six, sorry.",
        previousContent: answer.content,
        verdict: "corrected",
        rev: 2,
      });
      await judge("withdrawn");
      assert.partialDeepStrictEqual((await scene.history(writer, owner))[1], { content: "", previousContent: null });
      assert.partialDeepStrictEqual((await scene.history(owner, writer))[1], { previousContent: answer.content });
      await assert.rejects(judge("confirmed"), { code: "CONFLICT" });
      await time.leap(second);
      assert.equal(scene.events.filter(({ type }) => type === "message-changed").length, 3);
    },
  ),

  rule(
    "R29-again",
    "any verdict replaces any but withdrawn: confirmed after corrected are the assistant's own words again",
    async (scene) => {
      const { chat, owner, writer } = scene;
      await scene.ask();
      const answer = only(await scene.said());
      const judge = async (verdict: Verdict, content?: string): Promise<string> => {
        await chat.standIn.judge(owner.caller, answer.id, { verdict, content });
        const shown = only(await scene.said());
        assert.equal(shown.verdict, verdict);
        return shown.content;
      };
      assert.equal(await judge("corrected", "At six."), "At six.");
      assert.equal(await judge("confirmed"), answer.content);
      assert.equal(await judge("corrected", "At eight."), "At eight.");
      assert.equal((await scene.history(writer, owner))[1]?.previousContent, answer.content);
      assert.equal(await judge("unconfirmed"), answer.content);
      assert.equal(await judge("withdrawn"), "");
    },
  ),
];
