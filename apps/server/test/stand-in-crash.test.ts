/** The process dies between the moment a model is asked and the moment its answer is stored: nothing is said twice, and no message is forgotten. */
import { setTimeout as delay } from "node:timers/promises";
import { createOpenAiDouble, providerBehaviours } from "@standin/contract-tests/doubles";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { call, type Json, type Person, setStatus, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, type StartOptions, startServer } from "./server-process.ts";
import { describeServers, durableStores } from "./servers.ts";

cleanUpAfterwards();

let model: Awaited<ReturnType<typeof createOpenAiDouble>>;
beforeAll(async () => {
  model = await createOpenAiDouble();
});
afterAll(() => model?.close());

interface Pair {
  readonly owner: Person;
  readonly writer: Person;
}

/** Where the process is killed: while the model is still being asked, or so many milliseconds after it answered. */
const moments: readonly (number | "asked")[] = ["asked", 0, "asked", 1, 3, "asked", 6, 12];
const killsOf = { memory: 0, embedded: 50, mongodb: 10 } as const;
const perKill = 3;

describeServers(durableStores, ({ store, start }) => {
  test(`kill -9 between generation and commit, ${killsOf[store]} times: one answer per message at most, no message forgotten`, {
    timeout: 900_000,
    retry: 0,
  }, async () => {
    const options: StartOptions = {
      env: {
        OPENAI_BASE_URL: model.baseUrl,
        OPENAI_MODEL: "any",
        AI_MERGE_WINDOW_MS: "10",
        // Nothing but a kill ends what is being asked.
        AI_TIMEOUT_MS: "600000",
        AI_TOTAL_TIMEOUT_MS: "600000",
        RATE_LIMITS: "off",
        LOG_LEVEL: "error",
      },
    };
    let server = await (store === "embedded" ? startServer(options) : start(options));
    const people = await Promise.all(Array.from({ length: 10 }, () => signUp(server.url)));
    const [owners, writers] = [people.slice(0, 4), people.slice(4)];
    for (const owner of owners) {
      await setStatus(server.url, owner, { status: "BUSY" });
      const body = { answersPerPeriod: 20 };
      await call(server.url, "PATCH", "/standin/settings", { token: owner.token, body });
    }
    const pairs: Pair[] = writers.flatMap((writer) => owners.map((owner) => ({ owner, writer })));
    const triggers: (Pair & { readonly id: string })[] = [];
    const first = model.requests.length;

    const kills = killsOf[store];
    for (let kill = 0; kill < kills; kill += 1) {
      const moment = moments[kill % moments.length] ?? 0;
      const before = model.requests.length;
      let answered = (): void => {};
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      model.answerWith((exchange) => {
        if (moment === "asked") return;
        exchange.response.once("finish", answered);
        providerBehaviours.answer(exchange);
      });
      const sends = Array.from({ length: perKill }, async (_, index) => {
        const pair = pairs[(kill * perKill + index) % pairs.length] as Pair;
        const message = { to: pair.owner.id, message: `question ${kill}.${index}`, clientMsgId: `${kill}-${index}` };
        // A store that is slow may refuse it for now.
        const { status, body } = await eventually(
          () => call(server.url, "POST", "/user/message", { token: pair.writer.token, body: message }),
          (answer) => answer.status !== 503,
        );
        expect(status).toBe(200);
        triggers.push({ ...pair, id: body.sent._id });
      });
      await Promise.all(sends);
      await model.untilRequests(before + 1);
      if (moment !== "asked") await answer.then(() => delay(moment));
      await server.kill();
      server = await server.again();
    }
    model.answerWith(providerBehaviours.answer);

    const decisions = await eventually(
      async () => {
        const lists = owners.map(async ({ token }) => {
          const { body } = await call(server.url, "GET", "/standin/decisions?limit=1000", { token });
          return body.decisions as Json[];
        });
        return (await Promise.all(lists)).flat();
      },
      (listed) => listed.length >= triggers.length,
    );
    const decided = new Map(decisions.map((each) => [each.trigger, each]));
    expect(
      triggers.filter(({ id }) => !decided.has(id)),
      "messages forgotten",
    ).toEqual([]);
    expect(decisions).toHaveLength(triggers.length);

    const answers = new Map<string, Json[]>();
    for (const { owner, writer } of pairs)
      for (const message of await wholeHistory(server.url, writer, owner))
        if (message.origin === "standin")
          answers.set(message.inReplyTo, [...(answers.get(message.inReplyTo) ?? []), message]);
    expect(
      [...answers.values()].filter((said) => said.length > 1),
      "answered twice",
    ).toEqual([]);
    for (const { id } of triggers) {
      const { decision, answer } = decided.get(id) ?? {};
      expect(answers.get(id)?.[0]?._id ?? null, `${decision}`).toBe(answer);
    }
    // What the run was about: answers that were asked for and died with the process, so that the model was asked again.
    const asked = model.requests.length - first;
    const said = decisions.filter(({ decision }) => decision === "answered").length;
    expect(said).toBeGreaterThan(kills);
    expect(asked - said, "answers lost with a process").toBeGreaterThanOrEqual(kills / 4);
    console.info({ store, kills, messages: triggers.length, answered: said, askedInVain: asked - said });
    await server.stop();
  });
});
