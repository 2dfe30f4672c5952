import assert from "node:assert/strict";
import { type AutoResponder, ResponderError } from "@standin/core/ports";
import { providerErrorText } from "../../contracts/auto-responder.ts";
import { createScriptedResponder } from "../../doubles/scripted-responder.ts";
import { until } from "../../expectations.ts";
import { fixedAnswer, minute, modelRule, only, type Scene, second, texts } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** Somebody new writes to Olga, so that no limit of another person's is in the way. */
const askAs = async ({ signUp, send, owner, time }: Scene, name: string): Promise<void> => {
  await send(await signUp(name), owner, "?");
  await time.leap(5 * second);
};

/** Takes every call, and answers only when the case says so, wanted or not. */
interface LateResponder extends AutoResponder {
  readonly calls: number;
  answerNow(): void;
}

const createLate = (): LateResponder => {
  const settle: (() => void)[] = [];
  return {
    provider: "openai",
    respond: () =>
      new Promise((resolve) => {
        settle.push(() => resolve({ text: "Too late.", model: "late" }));
      }),
    answerNow: () => {
      for (const each of settle) each();
    },
    get calls() {
      return settle.length;
    },
  };
};

/** The model failed so often that it is left in peace, and that time is over. */
const untilShut = async (scene: Scene): Promise<void> => {
  scene.model.stage("fails");
  for (const name of ["Ann", "Ben", "Cid"]) await askAs(scene, name);
  assert.equal(scene.model.calls.length, 3);
  await scene.time.leap(minute);
};

const willing = () => createScriptedResponder(["She is in a meeting."], { provider: "openai", model: "second" });

/** R23, R24, R25: models fail in many ways, and the person who wrote sees none of them. */
export const failureCases: readonly StandInRuleCase[] = [
  modelRule(
    "R23",
    "when a model fails, the next one is asked, and named",
    async (scene) => {
      scene.model.stage("fails");
      await scene.ask();
      const { generator, content } = only(await scene.said());
      assert.deepEqual(generator, { provider: "openai", model: "second" });
      assert.match(content, /She is in a meeting\.$/);
      assert.deepEqual(await scene.decisions(), ["answered"]);
    },
    { others: () => [willing()] as const },
  ),

  modelRule(
    "R23-limits",
    "each has 10 s and all have 20 s; then the template answers, once",
    async (scene, [late, third]) => {
      const { model, time } = scene;
      model.stage("stalls");
      await scene.ask("?", 2 * second);
      await scene.untilAsked(1);
      await time.advance(9.9 * second);
      assert.equal(late.calls, 0);
      await time.advance(0.2 * second);
      await until("the next one is asked", () => late.calls === 1);
      await time.advance(9.8 * second);
      assert.deepEqual(await scene.said(), []);
      await time.advance(second);
      assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
      assert.deepEqual(await scene.decisions(), ["provider-failed"]);
      assert.deepEqual(await scene.details(), ["timeout (openai)"]);
      assert.equal(third.calls.length, 0);
    },
    { others: () => [createLate(), willing()] as const },
  ),

  modelRule(
    "R23-total",
    "the 20 s begin when the batch is due: what has to be written anew because the settings changed gets no more of them",
    async (scene, [late]) => {
      const { model, owner, time, chat } = scene;
      model.stage("stalls");
      await scene.ask("?", 3 * second);
      await scene.untilAsked(1);
      await scene.settings({ mode: "suggest" });
      await time.advance(20 * second);
      const { suggestions } = await chat.standIn.suggestions(owner.caller, {});
      assert.deepEqual(only(suggestions).generator, { provider: "template" });
      assert.deepEqual(await scene.decisions(), ["provider-failed"]);
      assert.deepEqual(await scene.details(), [`timeout (${model.responder.provider})`]);
      assert.deepEqual([model.calls.length, late.calls], [1, 1]);
    },
    { others: () => [createLate()] as const },
  ),

  modelRule(
    "R23-late",
    "what comes after the limit is thrown away",
    async (scene, [late]) => {
      const { model, time } = scene;
      model.stage("fails");
      await scene.ask("?", 2 * second);
      await until("the next one is asked", () => late.calls === 1);
      await time.advance(11 * second);
      assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
      late.answerNow();
      await time.leap(minute);
      assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
    },
    { others: () => [createLate()] as const },
  ),

  modelRule("R23-breaker", "one that keeps failing is skipped for a while, and then tried again", async (scene) => {
    const { model, time } = scene;
    model.stage("fails");
    for (const name of ["Ann", "Ben", "Cid", "Dan"]) await askAs(scene, name);
    assert.equal(model.calls.length, 3);
    assert.deepEqual(new Set(await scene.decisions()), new Set(["provider-failed"]));
    assert.equal(new Set(await scene.details()).size, 1);
    model.stage({ says: "Back." });
    await askAs(scene, "Eve");
    assert.equal(model.calls.length, 3);
    await time.leap(minute);
    await askAs(scene, "Fay");
    assert.equal(model.calls.length, 4);
    assert.equal((await scene.decisions())[0], "answered");
  }),

  modelRule(
    "R23-trial",
    "after its rest one call finds out, and the others go on to the next one; while that one is open, too, and after it failed",
    async (scene, [next]) => {
      const { model, time } = scene;
      await untilShut(scene);
      model.stage("stalls");
      for (const name of ["Dan", "Eve", "Fay"]) await scene.send(await scene.signUp(name), scene.owner, "?");
      await time.advance(3 * second);
      await scene.untilAsked(4);
      assert.equal(model.calls.length, 4);
      assert.equal(next.calls.length, 5);
      await time.advance(11 * second);
      assert.equal(next.calls.length, 6);
      await askAs(scene, "Gus");
      assert.equal(model.calls.length, 4);
      await time.leap(minute);
      model.stage({ says: "Back." });
      await askAs(scene, "Hal");
      await askAs(scene, "Ivy");
      assert.equal(model.calls.length, 6);
    },
    { others: () => [willing()] as const },
  ),

  modelRule(
    "R23-given-up",
    "when nobody wants that call's answer any more, it counts as neither, and the next one finds out",
    async (scene) => {
      const { model, owner, time } = scene;
      await untilShut(scene);
      model.stage("stalls");
      await scene.ask("?", 3 * second);
      await scene.untilAsked(4);
      await scene.declare(owner, "AVAILABLE");
      await until("the call is aborted", () => model.aborted === 1);
      await time.leap(second);
      assert.equal((await scene.decisions())[0], "owner-returned");
      model.stage({ says: "Back." });
      await scene.declare(owner, "BUSY");
      await askAs(scene, "Dan");
      assert.equal(model.calls.length, 5);
      assert.equal((await scene.decisions())[0], "answered");
    },
  ),

  modelRule(
    "R23-hurried",
    "one that had next to no time left, because the one before it used it up, is not taken for one that fails",
    async (scene, [late]) => {
      const { model, owner, time } = scene;
      model.stage("stalls");
      for (const [index, name] of ["Ann", "Ben", "Cid"].entries()) {
        await scene.send(await scene.signUp(name), owner, "?");
        await time.advance(3 * second);
        await scene.untilAsked(index + 1);
        await time.advance(12 * second);
        assert.equal(late.calls, index + 1);
      }
      assert.deepEqual(new Set(await scene.details()), new Set(["timeout (openai)"]));
      await scene.send(await scene.signUp("Dan"), owner, "?");
      await time.advance(3 * second);
      assert.deepEqual([model.calls.length, late.calls], [3, 4]);
      late.answerNow();
      await time.advance(second);
      assert.equal((await scene.decisions())[0], "answered");
    },
    { policy: { totalTimeoutMs: 12 * second }, others: () => [createLate()] as const },
  ),

  modelRule(
    "R23-hint",
    "one that asks for time is left in peace for so long",
    async (scene, [limited]) => {
      scene.model.stage("fails");
      await askAs(scene, "Ann");
      await askAs(scene, "Ben");
      assert.equal(limited.calls.length, 1);
      await scene.time.leap(minute);
      await askAs(scene, "Cid");
      assert.equal(limited.calls.length, 2);
    },
    {
      others: () =>
        [createScriptedResponder([new ResponderError("rate-limited", { retryAfterMs: minute }), "Back."])] as const,
    },
  ),

  modelRule(
    "R24",
    "output that is empty, unsafe or over 20,000 characters is a failure, and so is a refusal",
    async (scene) => {
      const { model, owner, time } = scene;
      const { provider } = model.responder;
      const unusable = [
        "...",
        "\u202e\u200b",
        "![a](https://evil.example/x.png)",
        "<think>She is at home",
        "<<b>think>She is at home",
        "x".repeat(20_001),
      ];
      for (const [index, raw] of unusable.entries()) {
        const person = await scene.signUp(`Person ${index}`);
        model.stage({ says: raw });
        await scene.send(person, owner, "?");
        await time.leap(5 * second);
        assert.deepEqual(texts(await scene.history(person, owner)), ["?", fixedAnswer], raw.slice(0, 40));
      }
      model.stage("refuses");
      await askAs(scene, "Ann");
      assert.deepEqual(await scene.details(), [
        `refused (${provider})`,
        ...unusable.map(() => `unusable (${provider})`),
      ]);
    },
  ),

  modelRule(
    "R25",
    "no word of a failing provider reaches anybody; its owner reads which one it was, and why",
    async (scene) => {
      const { chat, owner, writer, model, time } = scene;
      model.stage("fails");
      await scene.ask();
      await time.leap(minute);
      const visible = JSON.stringify([
        await scene.history(writer, owner),
        await scene.history(owner, writer),
        await chat.standIn.decisions(owner.caller, {}),
        await chat.standIn.briefing(owner.caller, {}),
        scene.events,
      ]);
      for (const word of [providerErrorText, "exploded", "7f3a", "sk-secret"]) assert.ok(!visible.includes(word), word);
      assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
      assert.deepEqual(await scene.details(), [`server-error (${model.responder.provider})`]);
    },
  ),

  modelRule(
    "R25-answered",
    "its owner reads so also when another model answered after it",
    async (scene) => {
      const { model } = scene;
      const { provider } = model.responder;
      model.stage("fails");
      await scene.ask();
      await scene.settings({ mode: "suggest" });
      model.stage("refuses");
      await scene.ask();
      assert.deepEqual(await scene.decisions(), ["suggested", "answered"]);
      assert.deepEqual(await scene.details(), [`refused (${provider})`, `server-error (${provider})`]);
    },
    { others: () => [willing()] as const },
  ),

  modelRule(
    "R25-any",
    "the same for an error that no adapter should have thrown",
    async (scene, [broken]) => {
      scene.model.stage("fails");
      await scene.ask();
      assert.equal(broken.calls.length, 1);
      assert.ok(!JSON.stringify([await scene.history(scene.writer, scene.owner), scene.events]).includes("hunter2"));
      assert.deepEqual(await scene.details(), ["unusable (openai)"]);
      assert.deepEqual(texts(await scene.said()), [fixedAnswer]);
    },
    {
      others: () =>
        [createScriptedResponder([new Error("connect 10.0.0.7: key hunter2")], { provider: "openai" })] as const,
    },
  ),
];
