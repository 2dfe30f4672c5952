import assert from "node:assert/strict";
import { announced, fixedAnswer, hour, minute, modelRule, only, rule, second, texts } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** Said in Olga's name, each by some model: by name, by signature, or as what it is not. */
const claims = [
  "I am Olga.",
  "This is Olga speaking.",
  "See you soon\n- Olga",
  "I'm not an AI, promise.",
  "Ich bin kein Bot.",
  "it's Olga",
  "It's me, Olga!",
  "I am **Olga**.",
  "Hi, Olga here.",
  "Sure.\nBest,\nOlga",
  "On my way ~Olga",
  "I am O\u200blga.",
  "Ｉ'm Ｏｌｇａ",
  "Hier spricht Olga.",
  "C'est moi, Olga.",
  "Soy Olga.",
  "Sono Olga.",
  "Aqui é a Olga.",
  "Met Olga.",
  "Det är Olga.",
  "Je ne suis pas un robot.",
  "I am a real person.",
];

/** They name Olga or say what it is, and claim nothing. */
const honest = [
  "I am Olga's assistant.",
  "Olga is busy, and I am an AI.",
  "I am not a human.",
  "Ich bin Olgas Assistent.",
  "Je suis l'assistant d'Olga.",
];

/** Names that somebody would take for a stand-in's. */
const likeLabels = [
  "Olga's assistant",
  "Olga’s Assistant ",
  "OLGA´S ASSISTANT",
  "Olga's\u200bassistant",
  "Olga's\u00a0assistant",
  "Ｏｌｇａ＇ｓ　ａｓｓｉｓｔａｎｔ",
];

/** R12, R13, R14: everybody can see what spoke, and for whom. */
export const identityCases: readonly StandInRuleCase[] = [
  rule(
    "R12",
    "a fixed text carries whose it is, in answer to what, and that the template wrote it: announced and in history",
    async (scene) => {
      const { owner, writer } = scene;
      const trigger = await scene.ask();
      const carried = {
        origin: "standin",
        sender: owner.id,
        inReplyTo: trigger.id,
        generator: { provider: "template" },
        label: "Olga's assistant",
        notice: true,
        verdict: "unconfirmed",
      } as const;
      assert.partialDeepStrictEqual(only(await scene.said()), carried);
      assert.partialDeepStrictEqual((await scene.history(owner, writer))[1], carried);
      assert.partialDeepStrictEqual(announced(scene)[1], carried);
    },
  ),

  modelRule("R12-model", "an answer of a model names provider and model, and is no notice", async (scene) => {
    const trigger = await scene.ask();
    const answer = only(await scene.said());
    assert.partialDeepStrictEqual(answer, {
      origin: "standin",
      inReplyTo: trigger.id,
      label: "Olga's assistant",
      notice: false,
      verdict: "unconfirmed",
    });
    const { generator } = answer;
    assert.equal(generator?.provider, scene.model.responder.provider);
    assert.ok(generator !== null && generator.provider !== "template" && generator.model.length > 0);
  }),

  rule(
    "R13",
    "it says whose assistant it is, that it is automatic, until when the person is busy, and that the message was stored",
    async (scene) => {
      const { owner, time } = scene;
      const end = new Date(time.clock.now() + hour).toISOString();
      await scene.declare(owner, "BUSY", { until: end, note: "writing" });
      await scene.ask();
      const said = `Olga's assistant: This is an automatic reply: Olga is busy until ${end.slice(0, 10)} ${end.slice(11, 16)} UTC (writing). Your message was stored and is waiting to be read.`;
      assert.deepEqual(texts(await scene.said()), [said]);
    },
  ),

  rule("R13-until", "until when is said only if its owner shares it", async (scene) => {
    const { owner, time } = scene;
    await scene.settings({ shareUntil: false });
    await scene.declare(owner, "BUSY", { until: new Date(time.clock.now() + hour).toISOString() });
    await scene.ask();
    assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
  }),

  rule("R13-delegate", "who writes is not told to turn to themselves", async (scene) => {
    const { owner, writer, time } = scene;
    const other = await scene.signUp("Tess");
    await scene.settings({ facts: { delegate: writer.id } });
    for (const person of [writer, other]) await scene.send(person, owner, "?");
    await time.leap(5 * second);
    assert.deepEqual(texts(await scene.history(writer, owner)), ["?", fixedAnswer]);
    const turning = `${fixedAnswer} If it cannot wait, turn to Will.`;
    assert.deepEqual(texts(await scene.history(other, owner)), ["?", turning]);
  }),

  modelRule(
    "R13-model",
    "a model's first answer of a period says the same before its own words; each one begins with the label",
    async (scene) => {
      scene.model.stage({ says: "She is at a fair." });
      await scene.ask("1");
      await scene.ask("2");
      await scene.nextPeriod();
      await scene.ask("3");
      const [first, other] = [`${fixedAnswer} She is at a fair.`, "Olga's assistant: She is at a fair."];
      assert.deepEqual(texts(await scene.said()), [first, other, first]);
    },
  ),

  modelRule("R14", "output that passes for the person, or for human, is replaced by the fixed text", async (scene) => {
    const { owner, model, time } = scene;
    for (const [index, claim] of claims.entries()) {
      const person = await scene.signUp(`Person ${index}`);
      model.stage({ says: `${claim}` });
      await scene.send(person, owner, "Who are you?");
      await time.leap(5 * second);
      assert.deepEqual(texts(await scene.history(person, owner)), ["Who are you?", fixedAnswer], claim);
    }
    assert.deepEqual(new Set(await scene.decisions()), new Set(["provider-failed"]));
  }),

  modelRule("R14-first-name", "a first name passes for the person as the whole one does", async (scene) => {
    const { writer, model, time } = scene;
    const owner = await scene.signUp("Bob Miller");
    await scene.declare(owner, "BUSY");
    for (const says of ["I'm Bob.", "I am Bob Miller's assistant."]) {
      model.stage({ says });
      await scene.send(writer, owner, "Who are you?");
      await time.leap(5 * second);
    }
    const [, claimed, , answered] = texts(await scene.history(writer, owner));
    assert.match(claimed ?? "", /waiting to be read\.$/);
    assert.match(answered ?? "", /I am Bob Miller's assistant\.$/);
  }),

  modelRule("R14-honest", "what only speaks of the person, or says what it is, is said", async (scene) => {
    const { owner, model, time } = scene;
    for (const [index, says] of honest.entries()) {
      const person = await scene.signUp(`Person ${index}`);
      model.stage({ says });
      await scene.send(person, owner, "Who are you?");
      await time.leap(5 * second);
      assert.deepEqual(texts(await scene.history(person, owner)), ["Who are you?", `${fixedAnswer} ${says}`]);
    }
  }),

  rule("R14-label", "no setting takes the label away, and nobody may be called like one", async (scene) => {
    await scene.settings({ noticeText: "I am Olga.", facts: { text: "Written by Olga herself." } });
    await scene.ask();
    const { content, label } = only(await scene.said());
    assert.equal(label, "Olga's assistant");
    assert.ok(content.startsWith("Olga's assistant: "), content);
    for (const name of likeLabels) await assert.rejects(scene.signUp(name), { code: "INVALID" }, name);
    await scene.time.leap(minute);
  }),
];
