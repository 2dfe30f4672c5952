import assert from "node:assert/strict";
import { announced, fixedAnswer, hour, minute, modelRule, only, rule, second, texts } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

const humanClaims = [
  "I am Olga.",
  "This is Olga speaking.",
  "See you soon\n- Olga",
  "I'm not an AI, promise.",
  "Ich bin kein Bot.",
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
    for (const [index, claim] of humanClaims.entries()) {
      const person = await scene.signUp(`Person ${index}`);
      model.stage({ says: `${claim}` });
      await scene.send(person, owner, "Who are you?");
      await time.leap(5 * second);
      assert.deepEqual(texts(await scene.history(person, owner)), ["Who are you?", fixedAnswer], claim);
    }
    assert.deepEqual(new Set(await scene.decisions()), new Set(["provider-failed"]));
  }),

  rule("R14-label", "no setting takes the label away, and nobody may be called like one", async (scene) => {
    await scene.settings({ noticeText: "I am Olga.", facts: { text: "Written by Olga herself." } });
    await scene.ask();
    const { content, label } = only(await scene.said());
    assert.equal(label, "Olga's assistant");
    assert.ok(content.startsWith("Olga's assistant: "), content);
    for (const name of ["Olga's assistant", "Olga’s Assistant "])
      await assert.rejects(scene.signUp(name), { code: "INVALID" });
    await scene.time.leap(minute);
  }),
];
