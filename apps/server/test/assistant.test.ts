import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Device } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, stores } from "./servers.ts";

cleanUpAfterwards();

const env = { AI_MERGE_WINDOW_MS: "50", RATE_LIMITS: "off" };

/** A call that must succeed; its body. */
const ask = async (url: string, who: Person, method: string, path: string, body?: object): Promise<Json> => {
  const answer = await call(url, method, path, { token: who.token, ...(body !== undefined && { body }) });
  if (answer.status !== 200)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const template = { provider: "template" };
const everyone = (message: Json): Json => ({ ...message, from: message.sender });

describeServers(stores, ({ start }) =>
  describe("an assistant", () => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await start({ env });
    });
    afterAll(async () => {
      await server?.stop();
    });

    test("over HTTP: set up, asked, left alone, briefed of, corrected", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
      const label = `${bob.username}'s assistant`;
      const noticeText = "Please call the office.";
      const settings = await ask(url, bob, "PATCH", "/standin/settings", { noticeText, facts: { delegate: ann.id } });
      expect(settings).toMatchObject({
        mode: "answer",
        noticeText,
        facts: { text: null, delegate: ann.id, links: [] },
      });
      expect(await ask(url, bob, "GET", "/api/standin/settings")).toEqual(settings);
      const preview = await ask(url, bob, "POST", "/standin/preview", { message: "Lunch?", from: ann.id });
      expect(preview).toEqual({ decision: "notice", text: expect.stringContaining(noticeText), generator: template });

      await setStatus(url, bob, { status: "BUSY" });
      const lunch = await send(url, ann, bob, "Lunch?");
      const [, answer] = await eventually(
        () => history(url, ann, bob),
        (messages) => messages.length === 2,
      );
      // What was previewed is what is said.
      expect(answer).toMatchObject({ label, inReplyTo: lunch._id, content: preview.text, verdict: "unconfirmed" });
      await ask(url, ann, "POST", "/standin/requests", { to: bob.id, messageOnly: true, urgent: true });
      const again = { token: ann.token, body: { to: bob.id, urgent: true } };
      expect(await call(url, "POST", "/standin/requests", again)).toMatchObject({
        status: 429,
        body: { code: "LIMITED" },
      });
      const dinner = await send(url, ann, bob, "Then dinner?");
      await setStatus(url, bob, { status: "AVAILABLE" });
      await send(url, ann, bob, "Welcome back");

      const { decisions } = await ask(url, bob, "GET", "/standin/decisions");
      const record = { peer: ann.id, answer: null, generator: null, detail: null };
      expect(decisions).toEqual([
        { ...record, at: dinner.timestamp, trigger: dinner._id, decision: "message-only" },
        {
          ...record,
          at: lunch.timestamp,
          trigger: lunch._id,
          decision: "notice",
          answer: answer._id,
          generator: template,
        },
      ]);
      const briefing = await ask(url, bob, "GET", "/standin/briefing");
      expect(briefing).toEqual({
        since: expect.any(String),
        until: expect.any(String),
        people: [
          {
            user: expect.objectContaining({ id: ann.id, username: ann.username }),
            messages: 2,
            unread: 3,
            urgent: true,
            first: lunch,
            last: dinner,
            answers: [answer],
          },
        ],
        nextCursor: null,
      });
      expect(Date.parse(briefing.since)).toBeLessThanOrEqual(Date.parse(lunch.timestamp));
      expect(Date.parse(briefing.until)).toBeGreaterThanOrEqual(Date.parse(dinner.timestamp));

      const judge = (body: object) => ask(url, bob, "POST", `/standin/messages/${answer._id}/verdict`, body);
      const { updated } = await judge({ verdict: "corrected", content: "Lunch it is" });
      const corrected = { content: "Lunch it is", previousContent: answer.content, verdict: "corrected", rev: 1 };
      expect(updated).toEqual({ ...answer, ...corrected });
      expect((await history(url, ann, bob))[1]).toEqual(updated);
      await judge({ verdict: "withdrawn" });
      const changed = await ask(url, ann, "GET", `/messages?receiverId=${bob.id}&changedAfter=1`);
      expect(changed).toMatchObject({ lastRev: 2, messages: [{ _id: answer._id, content: "", verdict: "withdrawn" }] });
      expect(changed.messages[0]).not.toHaveProperty("previousContent");
      expect(await history(url, bob, ann)).toContainEqual(
        expect.objectContaining({ _id: answer._id, previousContent: answer.content }),
      );
    });

    test("over sockets: what is urgent, drafts and verdicts reach the devices of those whom they concern", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
      const [anns, bobs1, bobs2] = [
        await connect(url, ann.token),
        await connect(url, bob.token),
        await connect(url, bob.token),
      ];
      const onBoth = async (event: string, fits?: (payload: Json) => boolean): Promise<Json> => {
        const heard = await Promise.all([bobs1, bobs2].map((device: Device) => device.next(event, fits)));
        expect(heard[1]).toEqual(heard[0]);
        return heard[0];
      };
      await ask(url, bob, "PATCH", "/standin/settings", { people: { [ann.id]: { mode: "suggest" } } });
      await bobs1.ask("userStatusUpdate", { status: "BUSY", note: "Writing" });
      const { sent: lunch } = await anns.ask("sendMessage", { to: bob.id, message: "Lunch?" });
      await ask(url, ann, "POST", "/standin/requests", { to: bob.id, urgent: true });
      expect(await onBoth("standinUrgent")).toEqual({ from: ann.id, at: expect.any(String) });

      const draft = await onBoth("standinSuggestion");
      const listed = await ask(url, bob, "GET", "/standin/suggestions");
      expect(listed).toEqual({ suggestions: [draft], nextCursor: null });
      expect(draft).toMatchObject({ peer: ann.id, inReplyTo: lunch._id, generator: template });
      const send1 = await ask(url, bob, "POST", `/standin/suggestions/${draft.id}/send`);
      const { sent } = send1;
      expect(sent).toMatchObject({ origin: "person", content: draft.text, inReplyTo: lunch._id, generator: template });
      expect(sent).not.toHaveProperty("label");
      expect(await onBoth("messageSent", ({ _id }) => _id === sent._id)).toEqual(sent);
      expect(await anns.next("incomingMessage")).toEqual(everyone(sent));
      expect(await ask(url, bob, "POST", `/standin/suggestions/${draft.id}/send`)).toEqual(send1);
      expect(await ask(url, bob, "GET", "/standin/suggestions")).toEqual({ suggestions: [], nextCursor: null });

      // In another period the owner's own words no longer keep the assistant silent.
      await ask(url, bob, "PATCH", "/standin/settings", { people: null });
      await bobs1.ask("userStatusUpdate", { status: "AVAILABLE" });
      await bobs1.ask("userStatusUpdate", { status: "BUSY" });
      await anns.ask("sendMessage", { to: bob.id, message: "Dinner?" });
      const { from: _, ...answer } = await anns.next("incomingMessage", ({ origin }) => origin === "standin");
      await ask(url, bob, "POST", `/standin/messages/${answer._id}/verdict`, { verdict: "withdrawn" });
      const withdrawn = { ...answer, content: "", verdict: "withdrawn", rev: 1 };
      expect(await onBoth("messageUpdated")).toEqual({ ...withdrawn, previousContent: answer.content });
      expect(await anns.next("messageUpdated")).toEqual(withdrawn);
      for (const event of ["standinUrgent", "standinSuggestion"]) expect(anns.all(event)).toEqual([]);
    });
  }),
);
