import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerOfBusyPerson } from "../../../apps/server/test/busy-answer.ts";
import { connect } from "../../../apps/server/test/devices.ts";
import { send, signUp } from "../../../apps/server/test/people.ts";
import { cleanUpAfterwards, temporaryDirectory } from "../../../apps/server/test/server-process.ts";
import { createShop } from "../src/create-shop.ts";

cleanUpAfterwards();

let shop: Awaited<ReturnType<typeof createShop>>;
let url: string;
beforeAll(async () => {
  shop = await createShop({
    path: join(temporaryDirectory(), "chat.db"),
    secret: "a secret of at least 32 bytes, says it",
  });
  await once(shop.server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(shop.server.address() as AddressInfo).port}`;
});
afterAll(() => shop?.close());

test("the shop's pages are the shop's, and the chat is under its prefix", async () => {
  expect(await (await fetch(url)).text()).toBe("<h1>The shop</h1>");
  expect((await fetch(`${url}/users`)).status).toBe(404);
  expect((await fetch(`${url}/chat/users`)).status).toBe(401);
});

test("what is written over HTTP arrives on the socket of the same server", async () => {
  const [ann, bob] = [await signUp(`${url}/chat`, "ann"), await signUp(`${url}/chat`, "bob")];
  const device = await connect(url, bob.token);
  const sent = await send(`${url}/chat`, ann, bob, "Do you have it in blue?");
  expect(await device.next("incomingMessage")).toEqual({ ...sent, from: ann.id });
  device.close();
});

test("a person who is BUSY has an assistant", async () => {
  const { owner, answer } = await answerOfBusyPerson(`${url}/chat`);
  expect(answer).toMatchObject({ label: `${owner.username}'s assistant`, generator: { provider: "template" } });
});
