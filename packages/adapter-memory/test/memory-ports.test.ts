import { expect, test, vi } from "vitest";
import { createMemoryPorts, createMemoryStore, createSilentLogger } from "../src/index.ts";

test("the clock and the logger among the overrides serve the other ports too", async () => {
  let now = 1_700_000_000_000;
  const clock = { now: () => now };
  const logger = { ...createSilentLogger(), error: vi.fn() };
  const ports = createMemoryPorts({ clock, logger });
  expect(ports.clock).toBe(clock);
  expect(ports.ids.id().slice(0, 8)).toBe((1_700_000_000).toString(16));

  const rule = { name: "once", limit: 1, windowMs: 1_000 };
  await ports.limiter.take(rule, "ann");
  now += 600;
  expect(await ports.limiter.take(rule, "ann")).toEqual({ allowed: false, retryAfterMs: 400 });

  ports.events.subscribe(() => {
    throw new Error("on purpose");
  });
  ports.events.publish({ type: "typing", from: "a".repeat(24), to: "b".repeat(24) });
  await Promise.resolve();
  expect(logger.error).toHaveBeenCalledOnce();
});

test("every override is what is handed out", () => {
  const overrides = createMemoryPorts();
  const ports = createMemoryPorts(overrides);
  expect(ports).toEqual(overrides);
  for (const [name, port] of Object.entries(overrides)) expect(ports[name as keyof typeof ports]).toBe(port);
});

test("each store is empty and shares nothing with another", async () => {
  const [one, other] = [createMemoryStore(), createMemoryStore()];
  expect(await one.messages.epoch()).not.toBe(await other.messages.epoch());
});
