import { createScriptedResponder } from "@standin/contract-tests";
import { ResponderError } from "@standin/core/ports";
import { expect, test } from "vitest";
import { type BusyWorld, createBusyWorld, minute } from "./busy-world.ts";

const createDraftWorld = async (...script: Parameters<typeof createScriptedResponder>[0]) => {
  const model = createScriptedResponder(script.length === 0 ? ["I am at lunch."] : script);
  const world = await createBusyWorld([model]);
  await world.chat.standIn.changeSettings(world.owner.caller, { mode: "suggest" });
  return { ...world, model };
};

const drafts = async ({ chat, owner }: BusyWorld) => (await chat.standIn.suggestions(owner.caller, {})).suggestions;

test("a draft is for its owner alone: no message, no typing, and the writer can list nothing", async () => {
  const world = await createDraftWorld();
  const message = await world.ask();
  const listed = await drafts(world);
  expect(listed).toMatchObject([
    { peer: world.writer.id, inReplyTo: message.id, text: "I am at lunch.", generator: { provider: "gemini" } },
  ]);
  expect(world.model.calls[0]?.request.purpose).toBe("draft");
  expect(await world.history(world.writer, world.owner)).toHaveLength(1);
  expect(world.events.filter(({ type }) => type === "suggestion-made")).toHaveLength(1);
  expect(world.events.filter(({ type }) => type === "stand-in-typing")).toEqual([]);
  expect(await world.decisions()).toEqual([["suggested", null]]);
  expect((await world.chat.standIn.suggestions(world.writer.caller, {})).suggestions).toEqual([]);
});

test("sending is the owner writing, once, however often and however many devices ask", async () => {
  const world = await createDraftWorld();
  const message = await world.ask();
  const [draft] = await drafts(world);
  const send = () => world.chat.standIn.sendSuggestion(world.owner.caller, draft?.id ?? "");
  const [first, ...others] = await Promise.all([send(), send(), send()]);
  expect(first).toMatchObject({
    sender: world.owner.id,
    origin: "person",
    content: "I am at lunch.",
    inReplyTo: message.id,
    generator: { provider: "gemini", model: "scripted" },
    label: null,
    seq: 2,
  });
  for (const again of [...others, await send()]) expect(again).toEqual(first);
  expect(await world.history(world.writer, world.owner)).toHaveLength(2);
  expect(await drafts(world)).toEqual([]);
  // It is the owner's own word: an answer would be silenced now (R20).
  await world.chat.standIn.changeSettings(world.owner.caller, { mode: "answer" });
  await world.ask("and?");
  expect((await world.decisions())[0]).toEqual(["owner-silenced", null]);
});

test("a dismissed draft is gone, and cannot be sent; another's is not found", async () => {
  const world = await createDraftWorld();
  await world.ask();
  const [draft] = await drafts(world);
  const id = draft?.id ?? "";
  const { standIn } = world.chat;
  await expect(standIn.dismissSuggestion(world.writer.caller, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(standIn.sendSuggestion(world.writer.caller, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await standIn.dismissSuggestion(world.owner.caller, id);
  await standIn.dismissSuggestion(world.owner.caller, id);
  expect(await drafts(world)).toEqual([]);
  await expect(standIn.sendSuggestion(world.owner.caller, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await world.history(world.writer, world.owner)).toHaveLength(1);
});

test("without a model, or when it fails, there is one fixed draft a period", async () => {
  const world = await createDraftWorld(new ResponderError("refused"));
  for (const text of ["1", "2"]) await world.ask(text);
  expect((await drafts(world)).map(({ text }) => text)).toEqual(["I am busy and will read your message later."]);
  expect(await world.decisions()).toEqual([
    ["provider-failed", "refused (gemini)"],
    ["provider-failed", "refused (gemini)"],
  ]);
});

test("beyond the budget there is one fixed draft a period as well, and the reason stays", async () => {
  const world = await createBusyWorld([createScriptedResponder(["I am at lunch."])], { dailyBudget: 0 });
  await world.chat.standIn.changeSettings(world.owner.caller, { mode: "suggest" });
  for (const text of ["1", "2"]) await world.ask(text);
  expect((await drafts(world)).map(({ generator }) => generator)).toEqual([{ provider: "template" }]);
  expect(await world.decisions()).toEqual([
    ["budget", null],
    ["budget", null],
  ]);
});

test("drafts come in pages, newest first", async () => {
  const world = await createDraftWorld();
  for (const text of ["1", "2", "3"]) await world.ask(text, minute);
  const all = (await drafts(world)).map(({ id }) => id);
  expect(all).toHaveLength(3);
  const page = await world.chat.standIn.suggestions(world.owner.caller, { limit: 2 });
  const rest = await world.chat.standIn.suggestions(world.owner.caller, { cursor: page.nextCursor ?? "" });
  expect([...page.suggestions, ...rest.suggestions].map(({ id }) => id)).toEqual(all);
  expect(rest.nextCursor).toBeNull();
  await expect(world.chat.standIn.suggestions(world.owner.caller, { cursor: "x" })).rejects.toMatchObject({
    errors: [{ path: "cursor" }],
  });
});
