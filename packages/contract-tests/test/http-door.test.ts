import { text } from "node:stream/consumers";
import { defaultSettings, isChatError, type StandInCalls } from "@standin/core";
import { routes } from "@standin/http-api";
import { createDispatcher, type Dispatcher, type DoorOptions, type DoorRequest } from "@standin/http-api/dispatch";
import { describe, expect, test } from "vitest";
import { checkContract } from "../src/engine/check-contract.ts";
import { createReferenceDoor, httpDoorContract } from "../src/http-door/index.ts";
import { testContract } from "../src/runners/vitest.ts";

testContract(httpDoorContract, { name: "node:http", capabilities: {}, create: () => createReferenceDoor() });

type Mutant = (options: DoorOptions) => Dispatcher;

/** A door that reads requests wrongly. */
const misreading =
  (misread: (request: DoorRequest) => DoorRequest): Mutant =>
  (options) => {
    const { handle } = createDispatcher(options);
    return { handle: (request) => handle(misread(request)) };
  };

/** A door in front of a chat that does not keep its word. */
const inFrontOf =
  (spoil: (chat: DoorOptions["chat"]) => Partial<DoorOptions["chat"]>): Mutant =>
  (options) =>
    createDispatcher({ ...options, chat: { ...options.chat, ...spoil(options.chat) } });

/** A door in front of a stand-in that does not keep its word. */
const withStandIn = (spoil: (standIn: StandInCalls) => Partial<StandInCalls>): Mutant =>
  inFrontOf(({ standIn }) => ({ standIn: { ...standIn, ...spoil(standIn) } }));

const without = (request: DoorRequest, missing: string): DoorRequest => ({
  ...request,
  header: (name) => (name === missing ? undefined : request.header(name)),
});

/** The 30th of February as the 2nd of March. */
const rolled = <Instant>(instant: Instant): Instant | string =>
  typeof instant === "string" && /-3[01]T.*Z$/.test(instant) ? new Date(instant).toISOString() : instant;

const mutants: readonly (readonly [string, Mutant, readonly string[]])[] = [
  [
    "asks no browser where it comes from",
    misreading((request) => without(request, "origin")),
    ["origin-allowed", "origin-foreign", "origin-preflight", "origin-proxy"],
  ],
  [
    "believes the first of two tokens",
    misreading((request) => ({
      ...request,
      header: (name) => (name === "authorization" ? request.header(name)?.split(",")[0] : request.header(name)),
    })),
    ["authorization-twice"],
  ],
  [
    "takes bodies of any size",
    misreading((request) => ({
      ...without(request, "content-length"),
      body: async () => {
        const source = await request.body();
        if (source === null || !(Symbol.asyncIterator in source)) return source;
        const json = await text(source);
        return { parsed: json === "" ? {} : JSON.parse(json) };
      },
    })),
    [
      "body-message",
      "body-preview",
      "body-signin",
      "body-signup",
      "body-status",
      "body-verdict",
      "size-message",
      "size-preview",
      "size-signin",
      "size-signup",
      "size-status",
      "size-verdict",
      "standin-settings-body",
    ],
  ],
  [
    "believes the last of two parameters",
    misreading((request) => ({
      ...request,
      query: new URLSearchParams([...new Map(new URLSearchParams(request.query))]).toString(),
    })),
    [
      "limit-briefing",
      "limit-conversations",
      "limit-decisions",
      "limit-messages",
      "limit-suggestions",
      "limit-users",
      "messages-positions",
    ],
  ],
  [
    "counts everybody under the proxy's address",
    misreading((request) => without(request, "x-forwarded-for")),
    ["limited"],
  ],
  [
    "forgets the header that says when to come back",
    (options) => {
      const { handle } = createDispatcher(options);
      return {
        async handle(request) {
          const answer = await handle(request);
          if (answer === null) return null;
          const { "retry-after": _, ...headers } = answer.headers;
          return { ...answer, headers };
        },
      };
    },
    ["limited", "standin-preview-limited"],
  ],
  [
    "loses the client's id of a send",
    inFrontOf((chat) => ({
      sendMessage: (caller, { to, message }, via) => chat.sendMessage(caller, { to, message }, via),
    })),
    ["send-again"],
  ],
  [
    "remembers tokens for ever",
    inFrontOf((chat) => {
      const known = new Map<string, ReturnType<typeof chat.authenticate>>();
      return {
        async authenticate(token) {
          const caller = known.get(token) ?? chat.authenticate(token);
          await caller;
          known.set(token, caller);
          return caller;
        },
      };
    }),
    ["signout", "signout-everywhere", "user-gone"],
  ],
  [
    "does not mark what a blocked person wrote",
    inFrontOf((chat) => ({
      readMessages: async (caller, input) => {
        const list = await chat.readMessages(caller, input);
        return { ...list, messages: list.messages.map((message) => ({ ...message, blocked: false })) };
      },
    })),
    ["send-blocked"],
  ],
  ["forgets what was set", withStandIn(() => ({ settings: async () => defaultSettings })), ["standin-settings"]],
  [
    "takes all that is right of a patch that is wrong",
    withStandIn((standIn) => ({
      changeSettings: (caller, { facts, ...patch }) =>
        standIn.changeSettings(caller, { ...patch, facts: facts ? { ...facts, delegate: undefined } : facts }),
    })),
    ["standin-settings", "standin-settings-facts"],
  ],
  [
    "restores no default",
    withStandIn((standIn) => ({
      changeSettings: (caller, patch) =>
        standIn.changeSettings(caller, Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null))),
    })),
    ["standin-settings"],
  ],
  [
    "counts no previews",
    withStandIn((standIn) => ({
      preview: (caller, input) =>
        standIn.preview(caller, input).catch((error: unknown) => {
          if (!isChatError(error) || error.code !== "LIMITED") throw error;
          return { decision: "notice", text: "Again", generator: { provider: "template" } };
        }),
    })),
    ["standin-preview-limited"],
  ],
  [
    "previews for anybody as for a new person",
    withStandIn((standIn) => ({ preview: (caller, { message }) => standIn.preview(caller, { message }) })),
    ["standin-preview"],
  ],
  [
    "forgets that somebody wants no answer",
    withStandIn((standIn) => ({
      request: (caller, { messageOnly, ...input }) =>
        messageOnly && !input.urgent ? Promise.resolve() : standIn.request(caller, { messageOnly, ...input }),
    })),
    ["standin-requests", "standin-requests-invalid"],
  ],
  [
    "takes one wish for the other",
    withStandIn((standIn) => ({
      request: (caller, { to, urgent, messageOnly }) =>
        standIn.request(caller, { to, urgent: messageOnly, messageOnly: urgent }),
    })),
    ["standin-requests", "standin-requests-blocked"],
  ],
  [
    "tells the writer what the owner took back",
    inFrontOf((chat) => ({
      readMessages: async (caller, input) => {
        const list = await chat.readMessages(caller, input);
        return {
          ...list,
          messages: list.messages.map((message) => ({
            ...message,
            content: message.previousContent ?? message.content,
          })),
        };
      },
    })),
    ["standin-verdict"],
  ],
  [
    "lets a verdict on nothing pass",
    withStandIn((standIn) => ({
      judge: (caller, id, { verdict, content }) =>
        standIn.judge(caller, id, verdict === "corrected" ? { verdict, content: content ?? "?" } : { verdict }),
    })),
    ["standin-verdict-refused"],
  ],
  [
    "lists decisions from the beginning again and again",
    withStandIn((standIn) => ({ decisions: (caller, { limit }) => standIn.decisions(caller, { limit }) })),
    ["standin-decisions"],
  ],
  [
    "briefs of all times alike",
    withStandIn((standIn) => ({ briefing: (caller, { since: _, ...input }) => standIn.briefing(caller, input) })),
    ["standin-briefing", "standin-briefing-since"],
  ],
  [
    "takes days that there are not for later ones",
    (options) =>
      inFrontOf(({ changeStatus }) => ({
        changeStatus: (caller, input) => changeStatus(caller, { ...input, until: rolled(input.until) }),
      }))({
        ...options,
        chat: {
          ...options.chat,
          standIn: {
            ...options.chat.standIn,
            briefing: (caller, input) =>
              options.chat.standIn.briefing(caller, { ...input, since: rolled(input.since) }),
            changeSettings: (caller, { facts, ...patch }) =>
              options.chat.standIn.changeSettings(caller, {
                ...patch,
                ...(facts !== undefined && { facts: facts && { ...facts, backAt: rolled(facts.backAt) } }),
              }),
          },
        },
      }),
    ["beyond-status-until", "standin-briefing-since", "standin-settings-facts"],
  ],
  [
    "keeps drafts that were thrown away",
    withStandIn(() => ({ dismissSuggestion: async () => undefined })),
    ["standin-suggestions"],
  ],
];

describe("a door with a mistake fails exactly where the mistake is", () => {
  test.each(mutants)("one that %s", { timeout: 180_000 }, async (name, mutant, expected) => {
    const create = () => createReferenceDoor(mutant);
    const { cases } = await checkContract(httpDoorContract, { name, capabilities: {}, create });
    const failed = cases.filter(({ result }) => result.outcome === "failed").map(({ id }) => id);
    expect(failed.sort()).toEqual([...expected].sort());
  });
});

test("every success of the table has the shape that its route documents", { timeout: 180_000 }, async () => {
  const seen = new Set<string>();
  const observe: Mutant = (options) => {
    const { handle } = createDispatcher(options);
    return {
      async handle(request) {
        const answer = await handle(request);
        if (answer === null || answer.body === null || answer.status >= 300) return answer;
        const path = request.path.replace(/^\/api\//, "/");
        const route = routes.find(
          (each) => each.method === request.method && new RegExp(`^${each.path.replace(/:\w+/, "[^/]+")}$`).test(path),
        );
        const body = JSON.parse(new TextDecoder().decode(answer.body));
        if (route?.status !== answer.status) throw new Error(`${path} answered ${answer.status}`);
        // Unknown fields would be dropped by the schema.
        expect(route.response.parse(body), route.name).toEqual(body);
        seen.add(route.name);
        return answer;
      },
    };
  };
  const create = () => createReferenceDoor(observe);
  expect(await checkContract(httpDoorContract, { name: "observed", capabilities: {}, create })).toMatchObject({
    verdict: "CONFORMANT",
  });
  expect([...seen].sort()).toEqual(routes.map(({ name }) => name).sort());
});
