import { createScriptedResponder } from "@standin/contract-tests";
import { clientEvents, type MessageJson, type ServerEvent, serverEvents } from "@standin/http-api";
import { expect, test } from "vitest";
import { startTestServer } from "./test-server.ts";

/** The schemas pass over unknown fields; what is equal to its own parsed form has none. */
const expectShape = (schema: ServerEvent["schema"], payload: unknown): void => {
  expect(schema.parse(payload)).toEqual(payload);
};

test("whatever a client hears, event or answer, has exactly the shape that the API declares for it", async () => {
  const server = await startTestServer({
    policy: { mergeWindowMs: 1 },
    responders: [createScriptedResponder(["All that you write will be read."])],
  });
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const [one, other, bobs] = [await server.device(ada), await server.device(ada), await server.device(bob)];
  const calls: readonly (readonly [string, object])[] = [
    ["userLoggedIn", { userId: ada.id }],
    ["sendMessage", { to: bob.id, message: "Hi", clientMsgId: "c-1" }],
    ["getMessages", { from: ada.id, to: bob.id }],
    ["userStatusUpdate", { status: "BUSY", note: "Writing" }],
    ["markRead", { peer: bob.id, seq: 1 }],
    ["typing", { to: bob.id }],
  ];
  expect(calls.map(([event]) => event)).toEqual(clientEvents.map(({ event }) => event));
  for (const [event, payload] of calls) {
    const declared = clientEvents.find((each) => each.event === event);
    if (declared === undefined) throw new Error(`${event} is not declared`);
    expectShape(declared.answer, await one.ask(event, payload));
    if (declared.answerEvent === null) continue;
    one.tell(event, payload);
    expectShape(serverEvents[declared.answerEvent].schema, await one.next(declared.answerEvent));
    one.tell(event, {});
    expectShape(serverEvents[declared.answerEvent].schema, await one.next(declared.answerEvent));
  }
  await bobs.ask("sendMessage", { to: ada.id, message: "Hello" });
  await bobs.next("standinTyping");
  let answer: MessageJson;
  do answer = (await bobs.next("incomingMessage")) as MessageJson;
  while (answer.origin !== "standin");
  await server.chat.standIn.judge(ada.caller, answer._id, { verdict: "withdrawn" });
  await server.chat.standIn.request(bob.caller, { to: ada.id, urgent: true });
  await server.chat.standIn.changeSettings(ada.caller, { mode: "suggest" });
  await bobs.ask("sendMessage", { to: ada.id, message: "Hello again" });
  await one.next("standinSuggestion");
  await one.ask("markRead", { peer: bob.id, seq: 2 });
  const drained = server.sockets.drain({ windowMs: 50 });
  await Promise.all([one, other, bobs].map((device) => device.closed));
  await drained;

  const declared: Record<string, ServerEvent> = serverEvents;
  const heard = [one, other, bobs].flatMap((device) => device.heard);
  for (const { event, payload } of heard) {
    const { schema } = declared[event] ?? {};
    if (schema === undefined) throw new Error(`${event} is not declared`);
    expectShape(schema, payload);
  }
  // By name: all but what only a reader that is behind brings about.
  const rare = ["resync"];
  expect([...new Set([...heard.map(({ event }) => event), ...rare])].sort()).toEqual(Object.keys(serverEvents).sort());
});
