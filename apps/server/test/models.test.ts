import {
  createGeminiDouble,
  createOpenAiDouble,
  type ProviderDouble,
  providerBehaviours,
  sayings,
} from "@standin/contract-tests/doubles";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, type Json, type Person, send, setStatus, signUp } from "./people.ts";
import { cleanUpAfterwards, type Environment, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

const keys = { gemini: "AIza-very-private", openai: "sk-very-private" };

let gemini: ProviderDouble;
let openai: ProviderDouble;
beforeAll(async () => {
  [gemini, openai] = [await createGeminiDouble(), await createOpenAiDouble()];
});
beforeEach(() => {
  for (const double of [gemini, openai]) double.answerWith(providerBehaviours.answer);
});
afterAll(async () => {
  await Promise.all([gemini, openai].map((double) => double?.close()));
});

const start = (env: Environment = {}): Promise<ServerProcess> =>
  startServer({
    env: {
      AI_MERGE_WINDOW_MS: "50",
      // Far more than any answer takes on a slow machine.
      AI_TIMEOUT_MS: "60000",
      AI_TOTAL_TIMEOUT_MS: "60000",
      RATE_LIMITS: "off",
      GEMINI_API_KEY: keys.gemini,
      GEMINI_BASE_URL: gemini.baseUrl,
      OPENAI_API_KEY: keys.openai,
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_MODEL: "llama3.2",
      ...env,
    },
  });

interface Asked {
  readonly writer: Person;
  readonly owner: Person;
  /** What the writer's device was told of the assistant, in order. */
  readonly told: readonly { readonly event: string; readonly payload: Json }[];
  readonly answer: Json;
  /** What the owner's list says of it. */
  readonly decision: Json;
}

/** Somebody writes to somebody who is BUSY, and is answered. */
const writeToBusyPerson = async (url: string): Promise<Asked> => {
  const [writer, owner] = [await signUp(url, "writer"), await signUp(url, "owner")];
  const device = await connect(url, writer.token);
  await setStatus(url, owner, { status: "BUSY" });
  await send(url, writer, owner, "When will you be back?");
  const answer = await device.next("incomingMessage");
  const told = device.heard.filter(({ event }) => event === "standinTyping" || event === "incomingMessage");
  const { body } = await eventually(
    () => call(url, "GET", "/standin/decisions", { token: owner.token }),
    (listed) => listed.body.decisions.length === 1,
  );
  device.close();
  return { writer, owner, told, answer, decision: body.decisions[0] };
};

/** The server told nobody a key, and the log no words of anybody's. */
const stopDiscreetly = async (server: ServerProcess): Promise<void> => {
  const { stdout, stderr } = await server.stop();
  for (const secret of [keys.gemini, keys.openai, "When will you be back", sayings.answer])
    expect(stdout + stderr).not.toContain(secret);
};

const counts = (): readonly number[] => [gemini.requests.length, openai.requests.length];

describe("a model that the operator configured answers for a person who is BUSY", () => {
  test.each([
    ["gemini", { GEMINI_MODEL: "gemini-any" }, { provider: "gemini", model: "gemini-any" }],
    ["gemini", {}, { provider: "gemini", model: "gemini-pro-latest" }],
    ["openai", {}, { provider: "openai", model: "llama3.2" }],
  ] as const)(
    "%s with %j: labelled with its name, after the signal that it works",
    async (provider, env, generator) => {
      const double = provider === "gemini" ? gemini : openai;
      const before = double.requests.length;
      const server = await start({ AI_PROVIDERS: provider, ...env });
      const { writer, owner, told, answer, decision } = await writeToBusyPerson(server.url);
      expect(answer).toMatchObject({
        origin: "standin",
        onBehalfOf: owner.id,
        label: `${owner.username}'s assistant`,
        generator,
        notice: false,
        verdict: "unconfirmed",
      });
      expect(answer.content).toMatch(new RegExp(`^${owner.username}'s assistant: `));
      expect(answer.content).toContain(sayings.answer);
      expect(told).toEqual([
        { event: "standinTyping", payload: { from: owner.id, inReplyTo: answer.inReplyTo } },
        { event: "incomingMessage", payload: answer },
      ]);
      expect(decision).toMatchObject({ decision: "answered", answer: answer._id, generator, detail: null });

      const requests = double.requests.slice(before);
      expect(requests).toHaveLength(1);
      const asked = JSON.stringify([requests[0]?.path, requests[0]?.body]);
      expect(asked).toContain("When will you be back?");
      for (const hidden of [keys[provider], writer.email, owner.email, writer.token, writer.id, owner.id])
        expect(asked).not.toContain(hidden);
      expect(JSON.stringify(requests[0]?.headers)).toContain(keys[provider]);
      await stopDiscreetly(server);
    },
  );

  test("the next one where the first fails, and the fixed text where all fail; the owner is told why", async () => {
    const server = await start({ AI_PROVIDERS: "openai,gemini" });
    openai.answerWith(providerBehaviours.serverError);
    const first = await writeToBusyPerson(server.url);
    expect(first.answer.generator).toEqual({ provider: "gemini", model: "gemini-pro-latest" });
    gemini.answerWith(providerBehaviours.unauthorized);
    const second = await writeToBusyPerson(server.url);
    expect(second.answer).toMatchObject({ generator: { provider: "template" }, notice: true });
    expect(second.decision).toMatchObject({ decision: "provider-failed", detail: "unauthorized (gemini)" });
    await stopDiscreetly(server);
  });

  test("one that hangs costs the writer no more than its time", async () => {
    const server = await start({ AI_PROVIDERS: "gemini", AI_TIMEOUT_MS: "200" });
    gemini.answerWith(providerBehaviours.hangBeforeHeaders);
    const { answer, decision } = await writeToBusyPerson(server.url);
    expect(answer).toMatchObject({ generator: { provider: "template" }, notice: true });
    expect(decision).toMatchObject({ decision: "provider-failed", detail: "timeout (gemini)" });
    await stopDiscreetly(server);
  });

  test.each([
    ["AI_PROVIDERS", "none", "notice"],
    ["AI_DAILY_BUDGET", "0", "budget"],
  ])("%s=%s: no model is ever called, and the fixed text says all", async (name, value, decision) => {
    const before = counts();
    const server = await start({ [name]: value });
    const asked = await writeToBusyPerson(server.url);
    expect(asked.answer).toMatchObject({ generator: { provider: "template" }, notice: true });
    expect(asked.decision).toMatchObject({ decision, detail: null });
    const preview = { token: asked.owner.token, body: { message: "When will you be back?" } };
    expect((await call(server.url, "POST", "/standin/preview", preview)).body).toMatchObject({
      decision,
      generator: { provider: "template" },
    });
    expect(counts()).toEqual(before);
    await stopDiscreetly(server);
  });
});
