import { expect, test } from "vitest";
import { startTestServer } from "./test-server.ts";

test("the messages of one socket to one person keep their order, however slow the store is", async () => {
  let sends = 0;
  const server = await startTestServer({
    wrap: (chat) => ({
      ...chat,
      sendMessage: async (...args) => {
        // The first are the slowest: without an order of their own they would overtake each other.
        for (let turns = 20 - sends++; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
        return chat.sendMessage(...args);
      },
    }),
  });
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const device = await server.device(ada);
  const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
  await Promise.all(texts.map((message) => device.ask("sendMessage", { to: bob.id, message })));
  const { messages } = await server.chat.readMessages(ada.caller, { peer: bob.id });
  expect(messages.map(({ content }) => content)).toEqual(texts);
});
