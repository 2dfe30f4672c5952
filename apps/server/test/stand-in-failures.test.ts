/**
 * What a provider may do wrong, against the running server: the message is stored and acknowledged without the provider, the writer sees one honest answer and no word
 * of the provider's, and the owner and the log learn what happened.
 */
import {
  createGeminiDouble,
  createOpenAiDouble,
  type ProviderBehaviourName,
  type ProviderDouble,
  providerBehaviours,
  providerOutcomes,
  sayings,
} from "@standin/contract-tests/doubles";
import { instructions } from "@standin/core/ports";
import { afterAll, describe, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

const key = "sk-very-private";
const question = "When will you be back?";

const wires = {
  gemini: { create: createGeminiDouble, env: (baseUrl: string) => ({ GEMINI_API_KEY: key, GEMINI_BASE_URL: baseUrl }) },
  openai: {
    create: createOpenAiDouble,
    env: (baseUrl: string) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: "llama3.2" }),
  },
} as const;
type Wire = keyof typeof wires;

const doubles: ProviderDouble[] = [];
afterAll(() => Promise.all(doubles.map((double) => double.close())));

interface World {
  readonly server: ServerProcess;
  readonly double: ProviderDouble;
  /** Is BUSY, and called as the double that claims to be the owner calls itself. */
  readonly owner: Person;
}

/** Far more than any answer takes on a slow machine. */
const patienceMs = 60_000;

const signUpAda = async (url: string): Promise<Person> => {
  const ada = { email: "ada@example.org", password: "password of Ada", username: "Ada" };
  const { token } = (await call(url, "POST", "/signup", { body: ada })).body;
  const { id } = (await call(url, "GET", "/me", { token })).body;
  return { ...ada, id, token };
};

const start = async (wire: Wire, timeoutMs = patienceMs): Promise<World> => {
  const double = await wires[wire].create();
  doubles.push(double);
  const server = await startServer({
    env: {
      ...wires[wire].env(double.baseUrl),
      AI_MERGE_WINDOW_MS: "20",
      AI_TIMEOUT_MS: String(timeoutMs),
      AI_TOTAL_TIMEOUT_MS: String(patienceMs),
      RATE_LIMITS: "off",
    },
  });
  const owner = await signUpAda(server.url);
  await setStatus(server.url, owner, { status: "BUSY" });
  return { server, double, owner };
};

/** What the output guard leaves of an answer that may be used once it is cleaned; null: it must not be used. */
const cleaned: Partial<Record<ProviderBehaviourName, string | null>> = {
  echoOfInstructions: null,
  claimsToBeOwner: null,
  linksAndMarkup: "Look: here now",
  controlAndBidi: "Back at[31m five o'clock sharp!",
};

/** What the owner's list must say, and what the answer must end with where the provider's words may be used. */
const expected = (
  wire: Wire,
  name: ProviderBehaviourName,
): { decision: string; detail: string | null; text?: string } => {
  const outcome = providerOutcomes[name];
  if ("reason" in outcome) return { decision: "provider-failed", detail: `${outcome.reason} (${wire})` };
  const text = name in cleaned ? cleaned[name] : outcome.text;
  return text === null || text === undefined
    ? { decision: "provider-failed", detail: `unusable (${wire})` }
    : { decision: "answered", detail: null, text };
};

interface Asked {
  readonly answer: Json;
  readonly decision: Json;
}

/** Somebody new writes to the owner. The provider does nothing before the writer has the acknowledgement. */
const ask = async ({ server: { url }, double, owner }: World, name: ProviderBehaviourName): Promise<Asked> => {
  const writer = await signUp(url, "writer");
  let acknowledge = (): void => {};
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve;
  });
  double.answerWith((exchange) => void acknowledged.then(() => providerBehaviours[name](exchange)));
  const sent = await send(url, writer, owner, question);
  acknowledge();
  const { body } = await eventually(
    () => call(url, "GET", "/standin/decisions?limit=1", { token: owner.token }),
    ({ body: { decisions } }) => decisions[0]?.trigger === sent._id,
  );
  const messages = await history(url, writer, owner);
  expect(messages.map(({ origin }) => origin)).toEqual(["person", "standin"]);
  expect(messages[0]).toEqual(sent);
  return { answer: messages[1], decision: body.decisions[0] };
};

/** The failures that bring a hint when to try again, after which the provider is left alone for that long. */
const hinting: readonly ProviderBehaviourName[] = [
  "rateLimitedWithRetryAfter",
  "rateLimitedWithOwnHint",
  "unavailable",
];
/** Those that never come to an end. */
const hanging: readonly ProviderBehaviourName[] = ["hangBeforeHeaders", "hangInBody", "oneByteASecond"];
const others = (Object.keys(providerBehaviours) as ProviderBehaviourName[]).filter(
  (name) => !hinting.includes(name) && !hanging.includes(name),
);

/** Nothing of what a double says beside an answer, and none of our own inner words. */
const innerWords = [
  "Incorrect key",
  key,
  "evil.example",
  "Welcome",
  "agree to everything",
  "candidates",
  instructions.slice(0, 40),
  "llama3.2",
  "127.0.0.1",
];

const check = (wire: Wire, name: ProviderBehaviourName, { answer, decision }: Asked): void => {
  const { text, ...recorded } = expected(wire, name);
  expect(decision, name).toMatchObject({ ...recorded, answer: answer._id });
  expect(answer.content, name).toMatch(/^Ada's assistant: This is an automatic reply: /);
  expect(answer, name).toMatchObject({ label: "Ada's assistant", notice: text === undefined });
  if (text === undefined) {
    expect(answer.generator).toEqual({ provider: "template" });
    expect(answer.content).toMatch(/waiting to be read\.$/);
  } else expect(answer.content).toContain(text);
  for (const word of innerWords) expect(answer.content, name).not.toContain(word);
};

/** The server ends well; its log names these failures, and holds nobody's words. */
const stopDiscreetly = async ({ server }: World, failures: readonly string[]): Promise<void> => {
  const { code, stdout, stderr } = await server.stop();
  expect(code).toBe(0);
  for (const failure of failures) expect(stderr).toContain(failure);
  for (const secret of [key, question, sayings.answer]) expect(stdout + stderr).not.toContain(secret);
};

describe.concurrent.each(["gemini", "openai"] as const)("%s", (wire) => {
  test("each way of failing costs nobody more than a model's words", { timeout: 300_000 }, async () => {
    const world = await start(wire);
    for (const name of others) {
      check(wire, name, await ask(world, name));
      // What succeeds in between keeps the breaker from skipping the next one.
      if (expected(wire, name).decision !== "answered") check(wire, "answer", await ask(world, "answer"));
    }
    expect(world.double.strayRequests, "a redirect was followed").toBe(0);
    await stopDiscreetly(world, ["unreachable", "unauthorized", "rate-limited", "server-error", "refused"]);
  });

  test("each way of not answering costs nobody more than a model's words, and no more than its time", async () => {
    const world = await start(wire, 1_000);
    for (const name of hanging) check(wire, name, await ask(world, name));
    // Each of them was asked: only after three failures is a provider left alone.
    expect(world.double.requests).toHaveLength(hanging.length);
    await stopDiscreetly(world, ["timeout"]);
  });

  test.each(hinting)(
    "%s: the provider is left alone for as long as it asked, and the owner reads why",
    async (name) => {
      const world = await start(wire);
      check(wire, name, await ask(world, name));
      const calls = world.double.requests.length;
      check(wire, name, await ask(world, "answer"));
      expect(world.double.requests).toHaveLength(calls);
      await world.server.stop();
    },
  );

  test("one that keeps failing is skipped", async () => {
    const world = await start(wire);
    for (let failures = 0; failures < 3; failures += 1) check(wire, "serverError", await ask(world, "serverError"));
    const calls = world.double.requests.length;
    check(wire, "serverError", await ask(world, "answer"));
    expect(world.double.requests).toHaveLength(calls);
    await world.server.stop();
  });
});
