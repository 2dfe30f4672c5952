import assert from "node:assert/strict";
import { fixedAnswer, hour, minute, modelRule, only, rule, second, texts } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** R07, R08: whether it answers, how, and that the owner can read why. */
export const decisionCases: readonly StandInRuleCase[] = [
  rule(
    "R07",
    "each message to a BUSY person has one decision on record, which its owner alone can list; others have none",
    async (scene) => {
      const { chat, owner, writer, time } = scene;
      const merged = await scene.send(writer, owner, "one");
      const answered = await scene.ask("two");
      const limited = await scene.ask("three");
      const { decisions } = await chat.standIn.decisions(owner.caller, {});
      assert.deepEqual(
        decisions.map(({ trigger, decision, peer }) => [trigger, decision, peer]),
        [
          [limited.id, "limited", writer.id],
          [answered.id, "notice", writer.id],
          [merged.id, "merged", writer.id],
        ],
      );
      assert.deepEqual(
        decisions.map(({ answer }) => answer),
        [null, only(await scene.said()).id, null],
      );
      assert.deepEqual((await chat.standIn.decisions(writer.caller, {})).decisions, []);
      await scene.declare(owner, "AVAILABLE");
      const plain = await scene.send(writer, owner, "four");
      await time.leap(minute);
      assert.equal(await scene.job(plain), null);
      assert.equal((await scene.decisions()).length, 3);
    },
  ),

  modelRule("R07-readable", "whoever hears of an answer or a draft can read what was decided", async (scene) => {
    const { chat, owner } = scene;
    const read: Promise<string | undefined>[] = [];
    const newest = async (): Promise<string | undefined> =>
      (await chat.standIn.decisions(owner.caller, {})).decisions[0]?.decision;
    const unsubscribe = chat.subscribe((event) => {
      const isAnswer = event.type === "message-stored" && event.message.origin === "standin";
      if (isAnswer || event.type === "suggestion-made") read.push(newest());
    });
    await scene.ask("1");
    await scene.settings({ mode: "suggest" });
    await scene.ask("2");
    unsubscribe();
    assert.deepEqual(await Promise.all(read), ["answered", "suggested"]);
  }),

  modelRule("R08-off", "off is silence, and asks no model", async (scene) => {
    await scene.settings({ mode: "off" });
    await scene.ask();
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["off"]);
    assert.equal(scene.model.calls.length, 0);
  }),

  modelRule("R08-notice", "notice is fixed text, with the owner's own, and asks no model", async (scene) => {
    await scene.settings({ mode: "notice", noticeText: "Call the office." });
    await scene.ask();
    const notice = only(await scene.said());
    assert.equal(notice.content, `${fixedAnswer} Call the office.`);
    assert.partialDeepStrictEqual(notice, { notice: true, generator: { provider: "template" } });
    assert.equal(scene.model.calls.length, 0);
  }),

  modelRule(
    "R08-suggest",
    "suggest makes a draft that its owner alone sees; sent, it is the owner's own message, once",
    async (scene) => {
      const { chat, owner, writer } = scene;
      await scene.settings({ mode: "suggest" });
      scene.model.stage({ says: "I am at lunch." });
      const trigger = await scene.ask();
      assert.equal((await scene.history(writer, owner)).length, 1);
      assert.deepEqual(await scene.decisions(), ["suggested"]);
      assert.deepEqual(
        scene.events.filter(({ type }) => type === "stand-in-typing"),
        [],
      );
      assert.deepEqual((await chat.standIn.suggestions(writer.caller, {})).suggestions, []);
      const draft = only((await chat.standIn.suggestions(owner.caller, {})).suggestions);
      assert.partialDeepStrictEqual(draft, { peer: writer.id, inReplyTo: trigger.id, text: "I am at lunch." });
      const send = () => chat.standIn.sendSuggestion(owner.caller, draft.id);
      const [sent, again] = await Promise.all([send(), send()]);
      assert.deepEqual(again, sent);
      assert.partialDeepStrictEqual(sent, { sender: owner.id, origin: "person", label: null, inReplyTo: trigger.id });
      assert.deepEqual(texts(await scene.history(writer, owner)), ["Are you there?", "I am at lunch."]);
    },
  ),

  modelRule("R08", "the mode for a person wins over that for new people, and that over the owner's", async (scene) => {
    const { owner, writer, time } = scene;
    await scene.settings({ mode: "off" });
    await scene.ask("1");
    await scene.settings({ newPeople: "notice" });
    await scene.ask("2");
    await scene.settings({ people: { [writer.id]: { mode: "answer" } } });
    await scene.ask("3");
    await scene.settings({ people: { [writer.id]: null } });
    // From now on he is somebody to whom she has written.
    await scene.send(owner, writer, "Hello");
    await time.leap(31 * minute);
    await scene.ask("4");
    assert.deepEqual(await scene.decisions(), ["off", "answered", "notice", "off"]);
    assert.equal(scene.model.calls.length, 1);
  }),

  modelRule(
    "R08-meanwhile",
    "a change of the settings while a model writes holds for what it writes",
    async (scene) => {
      const { model, owner } = scene;
      model.stage("stalls");
      await scene.ask("?", 3 * second);
      await scene.untilAsked(1);
      await scene.settings({ mode: "off" });
      await scene.time.advance(30 * second);
      assert.deepEqual(await scene.said(), []);
      assert.deepEqual(await scene.decisions(), ["off"]);
      assert.equal((await scene.history(owner, scene.writer)).length, 1);
    },
  ),

  modelRule("R08-blocked", "a blocked person causes no call and no answer, and cannot tell", async (scene) => {
    const { chat, owner, writer, time } = scene;
    const before = await scene.send(owner, writer, "Hello");
    await time.leap(hour);
    await chat.block(owner.caller, writer.id);
    const sent = await scene.ask();
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["blocked"]);
    assert.equal(scene.model.calls.length, 0);
    assert.deepEqual(
      (await scene.history(writer, owner)).map(({ id, seq, blocked }) => [id, seq, blocked]),
      [
        [before.id, 1, false],
        [sent.id, 2, false],
      ],
    );
  }),

  modelRule(
    "R08-unheard",
    "whoever has blocked the owner hears nothing of the owner's stand-in either, and the owner cannot tell",
    async (scene) => {
      const { chat, owner, writer, events } = scene;
      await chat.block(writer.caller, owner.id);
      await scene.ask();
      assert.deepEqual(await scene.decisions(), ["answered"]);
      assert.equal(only(await scene.said()).blocked, true);
      assert.deepEqual(
        (await scene.history(owner, writer)).map(({ origin, blocked }) => [origin, blocked]),
        [
          ["person", false],
          ["standin", false],
        ],
      );
      assert.ok(!events.some(({ type }) => type === "stand-in-typing"));
    },
  ),

  rule("R08-block", "a block drops what was about to be said", async (scene) => {
    const { chat, owner, writer, time } = scene;
    await scene.send(writer, owner, "Are you there?");
    await chat.block(owner.caller, writer.id);
    await time.leap(minute);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["blocked"]);
  }),

  modelRule(
    "budget",
    "what the day's budget does not cover is fixed text, and asks no model",
    async (scene) => {
      await scene.ask("1");
      await scene.ask("2");
      await scene.restart();
      await scene.ask("3");
      assert.equal(scene.model.calls.length, 2);
      assert.deepEqual(await scene.decisions(), ["budget", "answered", "answered"]);
      assert.deepEqual(
        (await scene.said()).map(({ notice }) => notice),
        [false, false, true],
      );
    },
    { policy: { dailyBudget: 4 } },
  ),

  modelRule(
    "budget-known",
    "half of the budget is kept for people to whom the owner has written",
    async (scene) => {
      const { owner, time } = scene;
      const friend = await scene.signUp("Fred");
      await scene.declare(owner, "AVAILABLE");
      await scene.send(owner, friend, "Hello");
      await scene.declare(owner, "BUSY");
      for (const text of ["1", "2"]) await scene.ask(text);
      await scene.send(friend, owner, "3");
      await time.leap(5 * second);
      assert.deepEqual(await scene.decisions(), ["answered", "budget", "answered"]);
    },
    { policy: { dailyBudget: 2 } },
  ),

  modelRule(
    "message-only",
    "whoever asks that it only be kept gets no answer in this period, and no model ever reads it",
    async (scene) => {
      const { chat, owner, writer } = scene;
      await scene.ask("pending", second);
      await chat.standIn.request(writer.caller, { to: owner.id, messageOnly: true });
      const kept = await scene.ask("kept");
      assert.equal(kept.messageOnly, true);
      assert.deepEqual(await scene.decisions(), ["message-only", "message-only"]);
      assert.deepEqual(await scene.said(), []);
      await scene.nextPeriod();
      await scene.ask("afterwards");
      assert.equal((await scene.said()).length, 1);
      const { everything } = only(scene.model.calls);
      assert.ok(everything.includes("pending") && everything.includes("afterwards"));
      assert.ok(!everything.includes("kept"), everything);
    },
  ),

  modelRule("message-only-running", "the same wish ends an answer that a model is writing", async (scene) => {
    const { chat, owner, writer, model, time } = scene;
    model.stage("stalls");
    await scene.ask("?", 3 * second);
    await scene.untilAsked(1);
    await chat.standIn.request(writer.caller, { to: owner.id, messageOnly: true });
    await time.advance(30 * second);
    assert.deepEqual(await scene.said(), []);
    assert.deepEqual(await scene.decisions(), ["message-only"]);
  }),

  modelRule("urgent", "what is urgent reaches the owner at once, once a period, and asks no model", async (scene) => {
    const { chat, owner, writer } = scene;
    const urgent = () => chat.standIn.request(writer.caller, { to: owner.id, urgent: true });
    await urgent();
    await assert.rejects(urgent(), { code: "LIMITED" });
    await scene.time.leap(second);
    const heard = scene.events.filter(({ type }) => type === "urgent");
    assert.partialDeepStrictEqual(only(heard), { owner: owner.id, from: writer.id });
    assert.equal(scene.model.calls.length, 0);
    await scene.nextPeriod();
    await urgent();
  }),
];
