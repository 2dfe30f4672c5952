import assert from "node:assert/strict";
import { type Crowd, counts, crowd } from "../crowd.ts";
import type { Device, Fields } from "../device.ts";
import { assertMessage, contentsOf, messageOf } from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { modelsName, modelsWords } from "../realtime-host.ts";
import { overWebSocket } from "../scene.ts";

/** What a device heard of messages, in order. */
const messagesOf = (device: Device): readonly (readonly [event: string, payload: unknown])[] =>
  device.heard
    .filter(({ event }) => event === "incomingMessage" || event === "messageSent")
    .map(({ event, payload }) => [event, payload]);

const modelsGenerator = { provider: "gemini", model: modelsName } as const;

/** Ada is BUSY, and Ben has been answered by her assistant. Returns the answer as Ben was told of it, without `from`. */
const answered = async ({ chat, ada, ben, ben1, passUntil }: Crowd): Promise<Fields> => {
  await chat.changeStatus(ada.caller, { status: "BUSY" });
  await chat.sendMessage(ben.caller, { to: ada.id, message: "Are you there?" });
  await passUntil(() => ben1.all("incomingMessage").length > 0);
  const { from: _, ...answer } = ben1.all("incomingMessage")[0] as Fields;
  return answer;
};

/** What a stand-in says comes over the wire as what it is. */
export const standInCases: readonly RealtimeCase[] = [
  ...overWebSocket(
    "RD-80",
    "a busy person's stand-in answers the writer after what they wrote, marked as what it is",
    async (scene) => {
      const { ada, ben, passUntil, settle } = scene;
      const adas = [await scene.device(ada), await scene.device(ada)];
      const [ben1, ben2] = [await scene.device(ben), await scene.device(ben)];
      await scene.chat.standIn.changeSettings(ada.caller, { mode: "notice" });
      await adas[0]?.ask("userStatusUpdate", { status: "BUSY", note: "Writing" });
      await ben1.ask("sendMessage", { to: ada.id, message: "Are you there?" });
      await passUntil(() => ben1.all("incomingMessage").length > 0);
      await settle([ada, ben], ...adas, ben1, ben2);

      const trigger = messageOf(ben, ada, "Are you there?", 1);
      const [asked, answered] = messagesOf(ben2);
      assert.deepEqual([asked?.[0], answered?.[0]], ["messageSent", "incomingMessage"]);
      const inReplyTo = assertMessage(asked?.[1], trigger);
      const [content] = contentsOf(ben2.all("incomingMessage"));
      assert.match(String(content), /^Ada's assistant: ./);
      const answer = {
        ...messageOf(ada, ben, String(content), 2),
        origin: "standin",
        onBehalfOf: ada.id,
        label: "Ada's assistant",
        inReplyTo,
        generator: { provider: "template" },
        verdict: "unconfirmed",
        notice: true,
      };
      const id = assertMessage(answered?.[1], { ...answer, from: ada.id });
      assert.deepEqual(messagesOf(ben1), [["incomingMessage", answered?.[1]]]);
      for (const device of adas) {
        const [first, second, ...more] = messagesOf(device);
        assert.deepEqual([first?.[0], second?.[0], more], ["incomingMessage", "messageSent", []]);
        assert.equal(assertMessage(first?.[1], { ...trigger, from: ben.id }), inReplyTo);
        assert.equal(assertMessage(second?.[1], answer), id);
      }
    },
  ),
  ...overWebSocket("RD-81", "a stand-in's words are in the history, after those that they answer", async (scene) => {
    const { ada, ben, passUntil } = scene;
    const [adas, bens] = [await scene.device(ada), await scene.device(ben)];
    await adas.ask("userStatusUpdate", { status: "BUSY" });
    await bens.ask("sendMessage", { to: ada.id, message: "Are you there?" });
    await passUntil(() => bens.all("incomingMessage").length > 0);
    const [incoming] = bens.all("incomingMessage");
    const { from, ...answer } = incoming as Fields;
    const { messages } = (await bens.ask("getMessages", { from: ada.id, to: ben.id })) as {
      readonly messages: readonly unknown[];
    };
    assert.equal(from, ada.id);
    assert.deepEqual(contentsOf(messages), ["Are you there?", answer["content"]]);
    assert.deepEqual(messages[1], answer);
  }),
  ...overWebSocket(
    "RD-82",
    "that an assistant works on an answer is told to the writer's devices alone, before the answer, which names its model",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ben1, ben2 } = all;
      const answer = await answered(all);
      await all.arrived();
      assert.deepEqual(counts(all, "standinTyping"), [0, 0, 1, 1, 0]);
      for (const device of [ben1, ben2]) {
        assert.deepEqual(device.all("standinTyping"), [{ from: ada.id, inReplyTo: answer["inReplyTo"] }]);
        const order = device.heard.map(({ event }) => event).filter((event) => event !== "userStatusUpdated");
        assert.deepEqual(order, ["messageSent", "standinTyping", "incomingMessage"]);
      }
      const content = String(answer["content"]);
      assert.ok(content.startsWith("Ada's assistant: ") && content.includes(modelsWords), content);
      assertMessage(answer, {
        ...messageOf(ada, ben, content, 2),
        origin: "standin",
        onBehalfOf: ada.id,
        label: "Ada's assistant",
        inReplyTo: answer["inReplyTo"],
        generator: modelsGenerator,
        verdict: "unconfirmed",
        notice: false,
      });
    },
  ),
  ...overWebSocket(
    "RD-83",
    "a draft is told to its owner's devices alone, as it is listed; sent, it is the owner's own message",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ada2, ben1, chat } = all;
      // Drafts for Ben alone: what tells when everything has arrived comes from somebody else.
      await chat.standIn.changeSettings(ada.caller, { mode: "off", people: { [ben.id]: { mode: "suggest" } } });
      await chat.changeStatus(ada.caller, { status: "BUSY" });
      const trigger = await chat.sendMessage(ben.caller, { to: ada.id, message: "Are you there?" });
      await all.passUntil(() => ada1.all("standinSuggestion").length > 0);
      await all.arrived();
      assert.deepEqual(counts(all, "standinSuggestion"), [1, 1, 0, 0, 0]);
      assert.deepEqual(ada2.all("standinSuggestion"), ada1.all("standinSuggestion"));
      const [listed] = (await chat.standIn.suggestions(ada.caller, {})).suggestions;
      const draft = ada1.all("standinSuggestion")[0];
      assert.deepEqual(draft, {
        id: listed?.id,
        peer: ben.id,
        inReplyTo: trigger.id,
        text: modelsWords,
        generator: modelsGenerator,
        at: new Date(listed?.at ?? 0).toISOString(),
      });

      await chat.standIn.sendSuggestion(ada.caller, listed?.id ?? "");
      await all.arrived();
      assert.deepEqual(counts(all, "messageSent"), [1, 1, 1, 1, 0]);
      const sent = {
        ...messageOf(ada, ben, modelsWords, 2),
        inReplyTo: trigger.id,
        generator: modelsGenerator,
      };
      assert.equal(assertMessage(ada1.all("messageSent")[0], sent), listed?.id);
      assert.equal(assertMessage(ben1.all("incomingMessage")[0], { ...sent, from: ada.id }), listed?.id);
    },
  ),
  ...overWebSocket(
    "RD-84",
    "that it is urgent is told to the busy person's devices alone, and not what a blocked person says is",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, cy, ada1, ada2, chat } = all;
      await chat.block(ada.caller, cy.id);
      await chat.changeStatus(ada.caller, { status: "BUSY" });
      for (const writer of [cy, ben]) await chat.standIn.request(writer.caller, { to: ada.id, urgent: true });
      await all.arrived();
      assert.deepEqual(counts(all, "standinUrgent"), [1, 1, 0, 0, 0]);
      const [told] = ada1.all("standinUrgent") as readonly Fields[];
      assert.deepEqual(told, { from: ben.id, at: told?.["at"] });
      assert.match(String(told?.["at"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.deepEqual(ada2.all("standinUrgent"), [told]);
    },
  ),
  ...overWebSocket(
    "RD-85",
    "a verdict is told to all devices of both people, with its number and what each of them may see",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ada1, ada2, ben1, ben2, chat } = all;
      const answer = await answered(all);
      const id = String(answer["_id"]);
      const before = answer["content"];
      await chat.standIn.judge(ada.caller, id, { verdict: "confirmed" });
      await chat.standIn.judge(ada.caller, id, { verdict: "corrected", content: "At six" });
      await chat.standIn.judge(ada.caller, id, { verdict: "withdrawn" });
      await all.arrived();
      const confirmed = { ...answer, verdict: "confirmed", rev: 1 };
      const corrected = { ...answer, verdict: "corrected", content: "At six", previousContent: before, rev: 2 };
      const withdrawn = { ...answer, verdict: "withdrawn", content: "", rev: 3 };
      const forOwner = [confirmed, corrected, { ...withdrawn, previousContent: before }];
      for (const device of [ada1, ada2]) assert.deepEqual(device.all("messageUpdated"), forOwner);
      for (const device of [ben1, ben2]) {
        assert.deepEqual(device.all("messageUpdated"), [confirmed, corrected, withdrawn]);
      }
      assert.deepEqual(counts(all, "messageUpdated"), [3, 3, 3, 3, 0]);
    },
  ),
];
