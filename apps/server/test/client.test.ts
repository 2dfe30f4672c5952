import { type ChatClient, createChatClient, memoryStorage } from "@standin/client";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "./eventually.ts";
import { cleanUpAfterwards, startServer, temporaryDirectory } from "./server-process.ts";

cleanUpAfterwards();

const timing = { reconnectMinMs: 20, reconnectMaxMs: 200, acknowledgeMs: 5_000 };

const signedUp = async (url: string, username: string): Promise<ChatClient> => {
  const client = createChatClient({ url, timing, storage: memoryStorage() });
  onTestFinished(() => client.close());
  await client.signUp({ email: `${username}@example.org`, password: "correct horse", username });
  await client.synced();
  return client;
};

test("the client library over a server that is killed again and again: each message once, in order, on both sides", async () => {
  const dataDir = temporaryDirectory();
  const env = { RATE_LIMITS: "off" };
  let server = await startServer({ dataDir, env });
  const { url } = server;
  const port = new URL(url).port;
  const [ada, bob] = [await signedUp(url, "Ada"), await signedUp(url, "Bob")];
  const [toBob, toAda] = [ada.conversation(bob.me?.id ?? ""), bob.conversation(ada.me?.id ?? "")];

  const wrote = { ada: [] as string[], bob: [] as string[] };
  for (let round = 1; round <= 6; round += 1) {
    for (let each = 1; each <= 20; each += 1) {
      wrote.ada.push(`Ada ${round}.${each}`);
      wrote.bob.push(`Bob ${round}.${each}`);
      void toBob.send(`Ada ${round}.${each}`);
      void toAda.send(`Bob ${round}.${each}`);
    }
    // Somewhere in the middle of it.
    await eventually(
      async () => ada.unsent(),
      (left) => left <= 20 - round * 2,
    );
    await server.kill();
    server = await startServer({ dataDir, env: { ...env, PORT: port } });
  }

  await eventually(
    async () => [ada.unsent(), bob.unsent(), toBob.summary().lastSeq, toAda.summary().lastSeq],
    ([adas, bobs, ...last]) => adas === 0 && bobs === 0 && last.every((seq) => seq === 240),
  );
  const texts = toBob.messages().map(({ content }) => content);
  expect(toAda.messages().map(({ content }) => content)).toEqual(texts);
  expect(texts.filter((text) => text.startsWith("Ada"))).toEqual(wrote.ada);
  expect(texts.filter((text) => text.startsWith("Bob"))).toEqual(wrote.bob);
}, 180_000);
