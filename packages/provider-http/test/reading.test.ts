import { expect, test } from "vitest";
import { field } from "../src/index.ts";
import { retryAfterOf } from "../src/retry-after.ts";

const now = Date.UTC(2030, 0, 1, 12);

test.each<[headers: Record<string, string>, ms: number | undefined]>([
  [{}, undefined],
  [{ "retry-after": "7" }, 7000],
  [{ "retry-after": " 0 " }, 0],
  [{ "retry-after": "1.5" }, 1500],
  [{ "retry-after": "Tue, 01 Jan 2030 12:00:30 GMT" }, 30_000],
  [{ "retry-after": "Tue, 01 Jan 2030 11:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{ "retry-after": "9".repeat(400) }, undefined],
  [{ "retry-after": "7", "retry-after-ms": "6543.2" }, 6544],
  [{ "retry-after": "7", "retry-after-ms": "soon" }, 7000],
])("%j asks to wait for %j ms", (headers, ms) => {
  expect(retryAfterOf(new Headers(headers), now)).toBe(ms);
});

test("a field is found along its path, and nothing that was not sent", () => {
  const answer: unknown = JSON.parse('{ "choices": [{ "text": "Hi", "none": null }] }');
  expect(field(answer, "choices", 0, "text")).toBe("Hi");
  expect(field(answer)).toBe(answer);
  const missing = [
    ["choices", 1, "text"],
    ["choices", 0, "none", "text"],
    ["choices", "length", "x"],
    ["toString"],
    ["__proto__"],
  ];
  for (const path of missing) expect(field(answer, ...path)).toBeUndefined();
  for (const value of [undefined, null, 5, "text"]) expect(field(value, "length")).toBeUndefined();
});
