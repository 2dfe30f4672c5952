import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSystemTimer } from "../src/index.ts";

const longest = 2 ** 31 - 1;
const run = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  run.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([1, longest, longest + 1, 2 * longest, 2 * longest + 1, 60 * 24 * 3_600_000])(
  "a delay of %i ms ends after exactly that, once",
  (ms) => {
    const armed = vi.spyOn(globalThis, "setTimeout");
    createSystemTimer().after(ms, run);
    vi.advanceTimersByTime(ms - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
    expect(armed.mock.calls.every(([, delay]) => (delay ?? 0) <= longest)).toBe(true);
  },
);

test("a delay that has passed, or none, still runs later and not at once", () => {
  createSystemTimer().after(-5, run);
  createSystemTimer().after(0, run);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(run).toHaveBeenCalledTimes(2);
});

test("a delay without end never runs", () => {
  createSystemTimer().after(Number.POSITIVE_INFINITY, run);
  vi.advanceTimersByTime(3 * longest);
  expect(run).not.toHaveBeenCalled();
});

test("what was armed again can be cancelled, also twice and too late", () => {
  const cancel = createSystemTimer().after(3 * longest, run);
  vi.advanceTimersByTime(longest + 1);
  cancel();
  cancel();
  expect(vi.getTimerCount()).toBe(0);

  const late = createSystemTimer().after(1, run);
  vi.advanceTimersByTime(1);
  late();
  expect(run).toHaveBeenCalledOnce();
});

test("no waiting timer keeps the process alive, the ones armed again included", () => {
  const handles: NodeJS.Timeout[] = [];
  const original = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((body: () => void, ms: number) => {
    const handle = original(body, ms);
    handles.push(handle);
    return handle;
  }) as typeof setTimeout);
  createSystemTimer().after(longest + 1, run);
  vi.advanceTimersByTime(longest);
  expect(handles.map((handle) => handle.hasRef())).toEqual([false, false]);
});
