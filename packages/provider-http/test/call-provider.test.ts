import { createOpenAiDouble, type ProviderDouble, providerBehaviours } from "@standin/contract-tests/doubles";
import { ResponderError } from "@standin/core/ports";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callProvider, field, maxAnswerBytes, type ProviderCall, type ProviderFetch } from "../src/index.ts";

let double: ProviderDouble;
beforeEach(async () => {
  double = await createOpenAiDouble();
});
afterEach(() => double.close());

const call = (ask: (fetch: ProviderFetch) => Promise<string>, more: Partial<ProviderCall<string>> = {}) =>
  callProvider({
    provider: "acme",
    timeoutMs: 100_000,
    signal: new AbortController().signal,
    explain: (body) => ({ code: field(body, "error", "code") }),
    ask,
    ...more,
  });

test("an SDK that tries again by itself is stopped at the second request", async () => {
  double.answerWith(providerBehaviours.answer);
  const twice = call(async (fetch) => {
    await fetch(double.baseUrl);
    return (await fetch(double.baseUrl)).text();
  });
  await expect(twice).rejects.toMatchObject({
    reason: "unusable",
    cause: { message: "acme would have been asked twice" },
  });
  expect(double.requests).toHaveLength(1);
});

test("what the wire says counts, whatever an SDK makes of it", async () => {
  double.answerWith(providerBehaviours.rateLimitedWithRetryAfter);
  const swallowed = call((fetch) => fetch(double.baseUrl).then(String, () => "All is well."));
  await expect(swallowed).rejects.toMatchObject({
    reason: "rate-limited",
    retryAfterMs: 70_000,
    cause: { message: "acme answered 429 rate_limit_exceeded" },
  });
});

test("an SDK that never settles, or throws at once, ends like any other", async () => {
  const silent = call(() => new Promise(() => {}), { timeoutMs: 5 });
  await expect(silent).rejects.toMatchObject({ reason: "timeout" });
  const abrupt = call(() => {
    throw new Error("key sk-1");
  });
  const error: Error = await abrupt.then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  expect(error).toMatchObject({ reason: "unusable", cause: { message: "acme gave an answer that cannot be read" } });
});

test("a judgement of the adapter's own is handed on as it is", async () => {
  const judgement = new ResponderError("refused");
  await expect(call(() => Promise.reject(judgement))).rejects.toBe(judgement);
});

test("a body may be as large as the limit, in bytes, and not larger", async () => {
  const sized = (bytes: number) => {
    double.answerWith(({ response }) => void response.end(`${"é".repeat((bytes - 2) / 2)}ab`));
    return call(async (fetch) => (await fetch(double.baseUrl)).text());
  };
  expect(Buffer.byteLength(await sized(maxAnswerBytes))).toBe(maxAnswerBytes);
  await expect(sized(maxAnswerBytes + 2)).rejects.toMatchObject({ reason: "unusable" });
});

test("a provider's code goes into the log only when it is a word, and none that it was sent", async () => {
  const causeOf = async (code: unknown): Promise<unknown> => {
    double.answerWith(({ response }) => void response.writeHead(500).end(JSON.stringify({ error: { code } })));
    const init = { method: "POST", headers: { authorization: "Bearer sk-1" }, body: "Hello Grace" };
    return call(async (fetch) => (await fetch(double.baseUrl, init)).text()).catch((error: Error) => error.cause);
  };
  expect(await causeOf("overloaded")).toEqual(new Error("acme answered 500 overloaded"));
  for (const code of ["sk-1", "Grace", "two words", "x".repeat(65), "<b>", "line\nbreak", 7, null])
    expect(await causeOf(code)).toEqual(new Error("acme answered 500"));
});

test("a call that is over leaves no timer that would keep the process alive", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
  const before = timers();
  await call(async () => "At five.");
  await call(() => Promise.reject(new Error("no"))).catch(() => {});
  expect(timers()).toBe(before);
});
