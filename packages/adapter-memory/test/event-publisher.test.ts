import type { ChatEvent } from "@standin/core/ports";
import { expect, test, vi } from "vitest";
import { createMemoryEventPublisher, createSilentLogger } from "../src/index.ts";

const event: ChatEvent = { type: "typing", from: "a".repeat(24), to: "b".repeat(24) };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("subscribers that throw or reject are named to the logger, with the type of the event and nothing else of it", async () => {
  const error = vi.fn();
  const events = createMemoryEventPublisher({ logger: { ...createSilentLogger(), error } });
  const [thrown, rejected] = [new Error("thrown"), new Error("rejected")];
  const told = vi.fn();
  events.subscribe(() => {
    throw thrown;
  });
  events.subscribe(async () => {
    throw rejected;
  });
  events.subscribe(told);
  events.publish(event);
  await turn();
  expect(told).toHaveBeenCalledExactlyOnceWith(event);
  expect(error.mock.calls).toEqual([
    [{ err: thrown, event: "typing" }, expect.any(String)],
    [{ err: rejected, event: "typing" }, expect.any(String)],
  ]);
});

test("who unsubscribes between publishing and telling is not told", async () => {
  const events = createMemoryEventPublisher();
  const told = vi.fn();
  const end = events.subscribe(told);
  events.publish(event);
  end();
  await turn();
  expect(told).not.toHaveBeenCalled();
});
