import { createMemoryPorts } from "@standin/adapter-memory";
import { memoryStorage, type SeenAnswers } from "@standin/client";
import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { newClient, newPerson, until } from "./people.ts";

const names = ["settings", "briefing", "decisions", "suggestions", "blocks"] as const;

test("the newest answers are read without a connection, on the same device and by the same person alone", async () => {
  const server = await startChatServer({ mergeWindowMs: 0 });
  const network = await startFaultyNetwork(() => server.port);
  const storage = memoryStorage();
  const options = { url: network.url, storage };
  const bob = await newPerson("Bob", options);
  const ada = await newPerson("Ada", { url: server.url });
  const eve = await newPerson("Eve", { url: server.url });
  for (const name of names) expect(await bob.client.lastSeen(name)).toBeNull();

  await bob.client.setStatus({ status: "BUSY" });
  await bob.client.standin.changeSettings({ mode: "suggest" });
  const drafted = new Promise((resolve) => bob.client.on("standinSuggestion", resolve));
  await ada.client.conversation(bob.user.id).send("When are you back?");
  await drafted;
  await bob.client.block(eve.user.id);
  const ask = async (): Promise<SeenAnswers> => ({
    settings: await bob.client.standin.settings(),
    briefing: await bob.client.standin.briefing({ limit: 50 }),
    decisions: await bob.client.standin.decisions({ limit: 50 }),
    suggestions: await bob.client.standin.suggestions(),
    blocks: await bob.client.listBlocks(),
  });
  const answers = await ask();
  expect(answers).toMatchObject({
    settings: { mode: "suggest" },
    briefing: { people: [{ messages: 1 }] },
    decisions: { decisions: [{ decision: "suggested" }] },
    suggestions: { suggestions: [{}] },
    blocks: [{ username: "Eve" }],
  });
  network.refuse();
  await bob.client.close();

  const again = newClient(options);
  await again.resume();
  for (const name of names) {
    const seen = await again.lastSeen(name);
    expect(seen?.value, name).toEqual(answers[name]);
    expect(Math.abs((seen?.at ?? 0) - again.now())).toBeLessThan(60_000);
  }
  await expect(again.standin.settings()).rejects.toMatchObject({ code: "NETWORK" });

  await again.signOut({ keepData: true });
  expect(await again.lastSeen("settings")).toBeNull();
  network.heal();
  await again.signIn(ada.account);
  expect(await again.lastSeen("settings")).toBeNull();
  await again.signIn(bob.account);
  expect((await again.lastSeen("settings"))?.value).toEqual(answers.settings);
  await again.signOut();
  expect(JSON.stringify(await storage.list(""))).not.toContain("suggest");
});

test("answers to other questions do not take the place of what a screen begins with", async () => {
  const { url } = await startChatServer({ mergeWindowMs: 0 });
  const bob = await newPerson("Bob", { url });
  await bob.client.setStatus({ status: "BUSY" });
  for (const name of ["Ada", "Eve"]) {
    const { client } = await newPerson(name, { url });
    await client.conversation(bob.user.id).send("Hello");
  }
  const whole = await bob.client.standin.briefing();
  expect(whole.people).toHaveLength(2);
  await bob.client.standin.briefing({ since: new Date(bob.client.now() - 3_600_000).toISOString() });
  expect((await bob.client.lastSeen("briefing"))?.value).toEqual(whole);
  const first = await bob.client.standin.briefing({ limit: 1 });
  await bob.client.standin.briefing({ cursor: first.nextCursor ?? "" });
  expect((await bob.client.lastSeen("briefing"))?.value).toEqual(first);
});

test("what was seen of a store that is no more is forgotten", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const { client } = await newPerson("Bob", { url: network.url });
  await client.standin.settings();
  let isAfresh = false;
  client.on("afresh", () => {
    isAfresh = true;
  });
  const { messages, standIns } = createMemoryPorts();
  await server.restart({ messages, standIns });
  await until("it starts afresh", () => isAfresh);
  expect(await client.lastSeen("settings")).toBeNull();
});
