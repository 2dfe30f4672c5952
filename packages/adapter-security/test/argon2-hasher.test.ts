import { hash as nativeHash, verify as nativeVerify } from "@node-rs/argon2";
import { isChatError } from "@standin/core/ports";
import { afterEach, expect, test, vi } from "vitest";
import { createArgon2Hasher } from "../src/index.ts";

const machine = vi.hoisted(() => ({ processors: 4 }));
vi.mock("node:os", async (original) => ({
  ...(await original<typeof import("node:os")>()),
  availableParallelism: () => machine.processors,
}));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) };
});

const phc = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;
const password = "correct horse battery staple";

/** From here on the native function only returns when `finishOne` is called. */
const holdHashing = () => {
  const held: ((hashed: string) => void)[] = [];
  vi.mocked(nativeHash).mockImplementation(() => new Promise((resolve) => held.push(resolve)));
  return { started: () => vi.mocked(nativeHash).mock.calls.length, finishOne: () => held.shift()?.("hashed") };
};

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

afterEach(() => {
  vi.mocked(nativeHash).mockReset();
  vi.mocked(nativeVerify).mockReset();
});

test("hashes are argon2id, 19 MiB, two passes, one lane, with a salt of their own", async () => {
  const hasher = createArgon2Hasher();
  const one = await hasher.hash(password);
  const other = await hasher.hash(password);
  expect(one).toMatch(phc);
  expect(other).toMatch(phc);
  expect(one.split("$")[4]).not.toBe(other.split("$")[4]);
  expect(await hasher.verify(one, password)).toBe(true);
  expect(await hasher.verify(one, `${password}.`)).toBe(false);
});

test.each([
  ["nobody", null],
  ["an empty string", ""],
  ["words", "not a hash"],
  ["bcrypt", "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["a cut hash", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0"],
  ["a hash that would take 4 GiB", "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA"],
  ["a hash of a million passes", "$argon2id$v=19$m=19456,t=1000000,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA"],
  ["a hash of 255 lanes", "$argon2id$v=19$m=19456,t=2,p=255$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA"],
])("the hash of %s costs one whole verification and is false", async (_, stored) => {
  expect(await createArgon2Hasher().verify(stored, password)).toBe(false);
  expect(vi.mocked(nativeVerify).mock.calls).toEqual([[expect.stringMatching(phc), password]]);
});

test("the hash of nobody is another one in each hasher", async () => {
  await createArgon2Hasher().verify(null, password);
  await createArgon2Hasher().verify(null, password);
  const [one, other] = vi.mocked(nativeVerify).mock.calls.map(([hashed]) => hashed);
  expect(one).not.toBe(other);
});

test("even a match with the hash of nobody is false", async () => {
  vi.mocked(nativeVerify).mockResolvedValue(true);
  expect(await createArgon2Hasher().verify(null, password)).toBe(false);
  expect(await createArgon2Hasher().verify("garbage", password)).toBe(false);
});

test("hashes made with other parameters go on being good", async () => {
  const older = await nativeHash(password, { memoryCost: 8_192, timeCost: 3, parallelism: 2 });
  expect(await createArgon2Hasher().verify(older, password)).toBe(true);
});

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 3],
  [64, 3],
])("with %i processors, %i hashes are computed at a time", async (processors, expected) => {
  machine.processors = processors;
  const { started, finishOne } = holdHashing();
  const hasher = createArgon2Hasher();
  const calls = Array.from({ length: 6 }, () => hasher.hash(password));
  await turn();
  expect(started()).toBe(expected);
  for (let finished = 1; finished <= calls.length; finished += 1) {
    finishOne();
    await turn();
    expect(started()).toBe(Math.min(calls.length, expected + finished));
  }
  expect(await Promise.all(calls)).toEqual(Array(6).fill("hashed"));
});

test("hashing and verifying share the bound", async () => {
  const { started } = holdHashing();
  const hasher = createArgon2Hasher({ concurrency: 1 });
  void hasher.hash(password);
  void hasher.verify(null, password);
  await turn();
  expect(started()).toBe(1);
  expect(nativeVerify).not.toHaveBeenCalled();
});

test("beyond the queue a call is refused at once, and there is room again when one has finished", async () => {
  const { started, finishOne } = holdHashing();
  const hasher = createArgon2Hasher({ concurrency: 1, queueLimit: 2 });
  const accepted = [hasher.hash("a"), hasher.hash("b"), hasher.hash("c")];
  const refusal = await hasher.hash("d").catch((error: unknown) => error);
  expect(isChatError(refusal) && refusal).toMatchObject({ code: "OVERLOADED", retryable: true, retryAfterMs: 1_000 });
  expect(await hasher.verify(null, "d").catch((error: unknown) => error)).toMatchObject({ code: "OVERLOADED" });
  expect(started()).toBe(1);

  finishOne();
  await turn();
  accepted.push(hasher.hash("e"));
  for (let left = 0; left < 3; left += 1) {
    finishOne();
    await turn();
  }
  expect(await Promise.all(accepted)).toHaveLength(4);
  expect(vi.mocked(nativeHash).mock.calls.map(([text]) => text)).toEqual(["a", "b", "c", "e"]);
});

test("64 calls may wait by default", async () => {
  holdHashing();
  const hasher = createArgon2Hasher({ concurrency: 1 });
  for (let call = 0; call < 65; call += 1) void hasher.hash(password);
  await expect(hasher.hash(password)).rejects.toMatchObject({ code: "OVERLOADED" });
});

test("a failure of the library is UNAVAILABLE, keeps its cause and gives its place back", async () => {
  const cause = new Error("out of memory");
  vi.mocked(nativeHash).mockRejectedValueOnce(cause);
  const hasher = createArgon2Hasher({ concurrency: 1, queueLimit: 0 });
  const failure = await hasher.hash(password).catch((error: unknown) => error);
  expect(isChatError(failure) && failure).toMatchObject({ code: "UNAVAILABLE", cause });
  expect(await hasher.hash(password)).toMatch(phc);
});

test.each([
  { concurrency: 0 },
  { concurrency: 1.5 },
  { concurrency: Number.NaN },
  { queueLimit: -1 },
  { queueLimit: Number.POSITIVE_INFINITY },
])("refuses the options %o", (options) => {
  expect(() => createArgon2Hasher(options)).toThrow(RangeError);
});
