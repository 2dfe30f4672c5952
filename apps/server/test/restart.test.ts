import { describe, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards } from "./server-process.ts";
import { describeServers, durableStores } from "./servers.ts";

cleanUpAfterwards();

/** Everything that one person can read. */
const everythingOf = async (url: string, who: Person, others: readonly Person[], since: string): Promise<Json> => {
  const read = async (path: string) => (await call(url, "GET", path, { token: who.token })).body;
  return {
    me: await read("/me"),
    users: await read("/users"),
    conversations: await read("/conversations"),
    blocks: await read("/blocks"),
    settings: await read("/standin/settings"),
    decisions: await read("/standin/decisions"),
    briefing: await read(`/standin/briefing?since=${since}`),
    suggestions: await read("/standin/suggestions"),
    messages: await Promise.all(others.map(({ id }) => read(`/messages?receiverId=${id}`))),
  };
};

describeServers(durableStores, ({ start }) =>
  describe.each(["SIGTERM", "SIGKILL"] as const)("a restart after %s", (signal) => {
    test("keeps people, sessions, messages, blocks, read positions, BUSY, all of the assistant and what was already sent", async () => {
      const env = { AI_MERGE_WINDOW_MS: "0", STATUS_GRACE_MS: "0", RATE_LIMITS: "off" };
      const first = await start({ env });
      const [ann, bob, eve, guy] = [
        await signUp(first.url, "ann"),
        await signUp(first.url, "bob"),
        await signUp(first.url, "eve"),
        await signUp(first.url, "guy"),
      ];
      const since = new Date().toISOString();
      const until = new Date(Date.now() + 3_600_000).toISOString();
      for (let index = 1; index <= 5; index += 1) await send(first.url, ann, bob, `message ${index}`, `id-${index}`);
      await send(first.url, bob, ann, "answer");
      await call(first.url, "POST", "/messages/read", { token: bob.token, body: { receiverId: ann.id, seq: 3 } });
      await call(first.url, "PUT", `/blocks/${eve.id}`, { token: bob.token });
      await setStatus(first.url, bob, { status: "BUSY", until, note: "moving house" });
      const facts = { text: "Moving house", backAt: until, delegate: ann.id, links: ["https://example.org/"] };
      const settings = { facts, noticeText: "Later!", people: { [guy.id]: { mode: "suggest" } }, waitSeconds: 0 };
      await call(first.url, "PATCH", "/standin/settings", { token: bob.token, body: settings });
      const asked = await send(first.url, ann, bob, "Are you there?", "id-6");
      await send(first.url, eve, bob, "Me, too?");
      await send(first.url, guy, bob, "And me?");
      // What was decided is written last, after the answer and the suggestion: from here on the assistant has nothing more to do.
      await eventually(
        () => call(first.url, "GET", "/standin/decisions", { token: bob.token }),
        ({ body }) => body.decisions.length === 3,
      );
      const answer = (await history(first.url, ann, bob)).find(({ inReplyTo }) => inReplyTo === asked._id);
      const verdict = { token: bob.token, body: { verdict: "corrected", content: "Not before noon" } };
      await call(first.url, "POST", `/standin/messages/${answer._id}/verdict`, verdict);
      const wish = { token: ann.token, body: { to: bob.id, urgent: true, messageOnly: true } };
      expect((await call(first.url, "POST", "/standin/requests", wish)).status).toBe(200);
      const signedOut = (await signIn(first.url, eve)).body.token;
      await call(first.url, "POST", "/signout", { token: signedOut, body: {} });
      // Nobody is connected, and it was announced, so that nothing else changes by itself.
      await setStatus(first.url, eve, { status: "AVAILABLE" });

      const everything = async (url: string) => ({
        ann: await everythingOf(url, ann, [bob, eve], since),
        bob: await everythingOf(url, bob, [ann, eve], since),
        eve: await everythingOf(url, eve, [ann, bob], since),
      });
      const before = await everything(first.url);
      expect(before.bob.conversations.conversations).toContainEqual(
        expect.objectContaining({ readSeq: 3, unread: 3, lastRev: 1 }),
      );
      expect(before.bob.settings).toMatchObject(settings);
      expect(before.bob.suggestions.suggestions).toHaveLength(1);
      expect(before.bob.briefing.people.map(({ user, urgent }: Json) => [user.id, urgent])).toEqual([
        [ann.id, true],
        [guy.id, false],
      ]);
      expect(before.ann.users.users).toContainEqual(
        expect.objectContaining({ id: bob.id, status: "BUSY", busyUntil: until, busyNote: "moving house" }),
      );

      first.send(signal);
      await first.ended;
      const second = await first.again();
      expect(await everything(second.url)).toEqual(before);

      expect((await call(second.url, "GET", "/me", { token: signedOut })).status).toBe(401);
      expect((await signIn(second.url, ann)).status).toBe(200);
      expect(await send(second.url, ann, bob, "Are you there?", "id-6")).toEqual(asked);
      const other = { to: bob.id, message: "Something else", clientMsgId: "id-6" };
      expect((await call(second.url, "POST", "/user/message", { token: ann.token, body: other })).status).toBe(409);
      expect((await call(second.url, "POST", "/standin/requests", wish)).status).toBe(429);
      const next = await send(second.url, ann, bob, "next");
      expect(next.seq).toBe(before.ann.messages[0].lastSeq + 1);
      await second.stop();
    });
  }),
);
