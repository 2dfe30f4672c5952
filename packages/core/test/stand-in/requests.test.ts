import { describe, expect, test } from "vitest";
import { createBusyWorld } from "./busy-world.ts";

describe("urgent", () => {
  test("a blocked person is answered as anybody, and heard by nobody", async () => {
    const world = await createBusyWorld();
    await world.chat.block(world.owner.caller, world.writer.id);
    const urgent = () => world.chat.standIn.request(world.writer.caller, { to: world.owner.id, urgent: true });
    await urgent();
    await expect(urgent()).rejects.toMatchObject({ code: "LIMITED" });
    expect(world.events.filter(({ type }) => type === "urgent")).toEqual([]);
  });
});

describe("a request that cannot be", () => {
  test("names what is wrong", async () => {
    const world = await createBusyWorld();
    const { owner, writer, chat } = world;
    const request = (input: object) => chat.standIn.request(writer.caller, { to: owner.id, ...input });
    await expect(request({})).rejects.toMatchObject({ code: "INVALID", errors: [{ path: "messageOnly" }] });
    await expect(request({ urgent: "yes" })).rejects.toMatchObject({ code: "INVALID", errors: [{ path: "urgent" }] });
    await expect(request({ to: writer.id, urgent: true })).rejects.toMatchObject({ errors: [{ path: "to" }] });
    await expect(request({ to: "0".repeat(24), urgent: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await chat.changeStatus(owner.caller, { status: "AVAILABLE" });
    await expect(request({ urgent: true })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
