import {
  type CaseReport,
  checkContract,
  formatReport,
  type Runner,
  registerContract,
  type SkipNow,
} from "@standin/contract-tests";
import { expect, test } from "vitest";
import { createTally, type Tally, tallyContract } from "./tally-contract.ts";

const all = { durable: true, fast: true } as const;
const limited = { durable: { unsupported: "kept in memory" }, fast: true } as const;
const create = () => ({ port: createTally() });
const durable = () => ({ port: createTally(), reopen: async () => createTally() });
const outcomes = ({ cases }: { readonly cases: readonly CaseReport[] }) =>
  Object.fromEntries(cases.map(({ id, result }) => [id, result.outcome]));

test("an adapter that passes every case is CONFORMANT", async () => {
  const report = await checkContract(tallyContract, { name: "mine", capabilities: all, create: durable });
  expect(report.verdict).toBe("CONFORMANT");
  expect(report.limits).toEqual([]);
  expect(outcomes(report)).toEqual({ isolation: "passed", one: "passed", durable: "passed" });
});

test("what is declared unsupported is skipped with its reason, probed, and a limit", async () => {
  const report = await checkContract(tallyContract, { name: "mine", capabilities: limited, create });
  expect(report.verdict).toBe("CONFORMANT WITH LIMITS");
  expect(report.limits).toEqual([{ capability: "durable", reason: "kept in memory" }]);
  expect(outcomes(report)).toEqual({
    isolation: "passed",
    one: "passed",
    durable: "skipped",
    "probe-durable": "passed",
  });
  expect(report.cases[2]?.result).toEqual({ outcome: "skipped", reason: "durable unsupported: kept in memory" });
});

test("what is declared and cannot be tried is skipped by name, and a limit", async () => {
  const report = await checkContract(tallyContract, { name: "mine", capabilities: all, create });
  const reason =
    "durable is declared but not shown: add `reopen()` to what `create` returns: close it and open the same data again";
  expect(report.verdict).toBe("CONFORMANT WITH LIMITS");
  expect(report.limits).toEqual([{ capability: "durable", reason }]);
  expect(report.cases[2]?.result).toEqual({ outcome: "skipped", reason });
});

test("a declaration that is no longer true fails its probe", async () => {
  const report = await checkContract(tallyContract, { name: "mine", capabilities: limited, create: durable });
  expect(report.verdict).toBe("NOT CONFORMANT");
  expect(report.cases.at(-1)?.result).toMatchObject({
    outcome: "failed",
    error: { message: '"durable" is declared unsupported ("kept in memory") but works. Declare `durable: true`.' },
  });
});

test("a capability that is not declared is refused with the words to add", async () => {
  const check = (capabilities: object) =>
    checkContract(tallyContract, { name: "mine", capabilities: capabilities as typeof all, create });
  const missing =
    'tally, adapter "mine": the capability "durable" is not declared. Add to `capabilities`: `durable: true`, or `durable: { unsupported: "<why>" }`.';
  for (const capabilities of [
    { fast: true },
    { fast: true, durable: false },
    { fast: true, durable: { unsupported: " " } },
  ])
    await expect(check(capabilities)).rejects.toThrow(new TypeError(missing));
  await expect(check({ ...all, loud: true })).rejects.toThrow(
    'tally, adapter "mine": there is no capability "loud" in this contract. Remove it from `capabilities`.',
  );
  // @ts-expect-error: the compiler asks for it too.
  const forgotten = () => checkContract(tallyContract, { name: "mine", capabilities: { fast: true }, create });
  await expect(forgotten()).rejects.toThrow(missing);
});

test("where no subject can be made nothing runs, and it does not look as if it had", async () => {
  const report = await checkContract(tallyContract, {
    name: "mine",
    capabilities: limited,
    create: { unavailable: "no server: set TALLY_URI" },
  });
  expect(report.verdict).toBe("NOT RUN");
  for (const { result } of report.cases)
    expect(result).toEqual({ outcome: "skipped", reason: "no server: set TALLY_URI" });
});

test("each case has fresh subjects, and every one is disposed, also after a failure", async () => {
  const log: string[] = [];
  let made = 0;
  const report = await checkContract(tallyContract, {
    name: "mine",
    capabilities: limited,
    create: () => {
      made += 1;
      const name = made;
      log.push(`create ${name}`);
      const port: Tally = { add: async () => (name === 3 ? 0 : 1) };
      return { port, dispose: () => void log.push(`dispose ${name}`) };
    },
  });
  expect(outcomes(report)).toMatchObject({ isolation: "passed", one: "failed" });
  expect(log).toEqual([
    "create 1",
    "create 2",
    "dispose 1",
    "dispose 2",
    "create 3",
    "dispose 3",
    "create 4",
    "dispose 4",
  ]);
});

test("an adapter that hangs, cannot be made or cannot be disposed fails; the others still run", async () => {
  const check = (make: () => Promise<{ port: Tally; dispose?: () => Promise<void> }>) =>
    checkContract(tallyContract, { name: "mine", capabilities: limited, deadlineMs: 20, create: make });
  const never = () => new Promise<never>(() => {});
  const errorsOf = async (make: Parameters<typeof check>[0]) =>
    (await check(make)).cases.map(({ result }) =>
      result.outcome === "failed" ? String(result.error) : result.outcome,
    );
  const hangs = await errorsOf(async () => ({ port: { add: never } }));
  expect(hangs.slice(0, 2)).toEqual(Array(2).fill("Error: The case did not end within 20 ms"));
  expect((await errorsOf(never))[0]).toBe("Error: The case did not end within 20 ms");
  expect((await errorsOf(() => Promise.reject(new Error("no port")))).slice(0, 2)).toEqual(
    Array(2).fill("Error: no port"),
  );
  const bare: unknown = createTally();
  for (const made of [bare, undefined, null]) {
    const [error] = await errorsOf(async () => made as { port: Tally });
    expect(error).toBe(
      "TypeError: `create` must return an object with the adapter as its `port`: `() => ({ port: adapter })`",
    );
  }
  const stuck = await errorsOf(async () => ({ port: createTally(), dispose: never }));
  expect(stuck[1]).toBe("Error: dispose() did not end within 20 ms");
});

test("a runner gets every case by name, and skipped ones with their reason", async () => {
  const registered: unknown[] = [];
  const runs: ((skip: SkipNow) => Promise<void>)[] = [];
  const skips: string[] = [];
  const skip: SkipNow = (reason) => skips.push(reason);
  const runner: Runner = {
    describe(title, body) {
      registered.push(title);
      body();
    },
    test(title, run, skipped) {
      registered.push([title, skipped]);
      runs.push(run);
    },
  };
  registerContract(tallyContract, { name: "mine", capabilities: limited, create }, runner);
  const reason = "durable unsupported: kept in memory";
  expect(registered).toEqual([
    "tally v3: mine",
    ["isolation: two subjects count apart", null],
    ["one: begins with 1 | not 0 (TA-01, TA-02)", null],
    [`durable: goes on [skipped: ${reason}]`, reason],
    ["probe-durable: durable is really unsupported", null],
  ]);
  await runs[1]?.(skip);
  registerContract(
    tallyContract,
    { name: "mine", capabilities: limited, create: () => ({ port: { add: async () => 0 } }) },
    runner,
  );
  await expect(runs[5]?.(skip)).rejects.toThrow("0 !== 1");
  registerContract(tallyContract, { name: "mine", capabilities: all, create }, runner);
  await runs.at(-1)?.(skip);
  expect(skips).toEqual([expect.stringMatching(/^durable is declared but not shown/)]);
});

test("a report reads as Markdown", async () => {
  const error = new Error("broken\nbadly");
  error.stack = "Error: broken\n    at mine.ts";
  const port: Tally = { add: () => Promise.reject(error) };
  const report = await checkContract(tallyContract, { name: "mine", capabilities: limited, create: () => ({ port }) });
  expect(formatReport(report)).toBe(
    [
      "## Tally v3: mine",
      "",
      "**NOT CONFORMANT**: 1 passed, 2 failed, 1 skipped.",
      "",
      "- `durable`: kept in memory",
      "",
      "| case | rule | guards | result |",
      "| --- | --- | --- | --- |",
      "| `isolation` | two subjects count apart |  | failed |",
      "| `one` | begins with 1 \\| not 0 | TA-01, TA-02 | failed |",
      "| `durable` | goes on |  | skipped: durable unsupported: kept in memory |",
      "| `probe-durable` | durable is really unsupported |  | passed |",
      ...["isolation", "one"].flatMap((id) => ["", `### ${id}`, "", "    Error: broken", "        at mine.ts"]),
      "",
    ].join("\n"),
  );
});
