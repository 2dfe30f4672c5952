import assert from "node:assert/strict";
import { createMemoryPorts } from "@standin/adapter-memory";
import {
  type Caller,
  type Chat,
  type ChatEvent,
  type ChatPolicy,
  type ChatPorts,
  createChat,
  type Message,
  type SettingsPatch,
  type StatusInput,
} from "@standin/core";
import type { AutoResponder, StandInJob } from "@standin/core/ports";
import { createFakeTime, type FakeTime } from "../doubles/fake-time.ts";
import { until } from "../expectations.ts";
import { createQuickHasher, createQuickTokens } from "../http-door/credentials.ts";
import { type CallsInFlight, createCallsInFlight } from "./calls-in-flight.ts";
import { createStagedModel, type StagedModel } from "./staged-model.ts";
import type { StandInPorts, StandInRuleCase, StandInSubject } from "./stand-in-subject.ts";

export const second = 1_000;
export const minute: number = 60 * second;
export const hour: number = 60 * minute;

/** Where calls without a token come from. */
const home = { address: "192.0.2.1" } as const;
const password = "correct horse";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
  readonly caller: Caller;
}

export interface SceneOptions {
  readonly policy?: Partial<ChatPolicy>;
  /** Whom to ask, in this order. Default: nobody. */
  readonly responders?: readonly AutoResponder[];
}

/** Olga is BUSY, and Will writes to her. */
export interface Scene {
  readonly chat: Chat;
  /** What is stored, past the chat. */
  readonly store: StandInPorts;
  readonly ids: ChatPorts["ids"];
  readonly time: FakeTime;
  /** Everything that was announced, on whichever node. */
  readonly events: readonly ChatEvent[];
  /** The calls of the store, and of the model unless it stalls. */
  readonly calls: CallsInFlight;
  /** The model, in cases that need one. */
  readonly model: StagedModel;
  readonly owner: Person;
  readonly writer: Person;
  signUp(name: string): Promise<Person>;
  send(from: Person, to: Person, text: string): Promise<Message>;
  /** Will writes to Olga, and so much time goes by: enough to be answered. */
  ask(text?: string, wait?: number): Promise<Message>;
  /** What the owner says of themselves. */
  declare(person: Person, status: StatusInput["status"], more?: Omit<StatusInput, "status">): Promise<void>;
  /** Olga leaves BUSY and is BUSY again: the next period. */
  nextPeriod(): Promise<void>;
  settings(patch: SettingsPatch): Promise<void>;
  /** The whole conversation as the first of the two sees it. */
  history(viewer: Person, other: Person): Promise<readonly Message[]>;
  /** What Olga's stand-in said to Will, as he sees it. */
  said(): Promise<readonly Message[]>;
  /** What became of the messages to Olga, newest first. */
  decisions(): Promise<readonly string[]>;
  /** Why no provider answered them, newest first. */
  details(): Promise<readonly (string | null)[]>;
  /** The record of a message to a BUSY person. */
  job(message: Message): Promise<StandInJob | null>;
  /** One more process over the same store, which has not started yet. */
  node(policy?: Partial<ChatPolicy>): Chat;
  /** Ends this process and starts the next one over what was stored. */
  restart(pause?: number): Promise<void>;
  /** Waits until so many calls in all reached the model. */
  untilAsked(count: number): Promise<void>;
}

/** A model whose calls are counted, unless they are meant to stay open. */
const watched = (model: StagedModel, calls: CallsInFlight): StagedModel => {
  let open = false;
  const { responder } = model;
  return {
    responder: {
      provider: responder.provider,
      respond: (request, signal) => {
        const call = responder.respond(request, signal);
        return open ? call : calls.count(call);
      },
    },
    stage(act) {
      open = act === "stalls";
      model.stage(act);
    },
    get calls() {
      return model.calls;
    },
    get aborted() {
      return model.aborted;
    },
  };
};

const openScene = async (
  subject: StandInSubject,
  optionsOf: (model: StagedModel, calls: CallsInFlight) => SceneOptions,
): Promise<{ scene: Scene; close(): Promise<void> }> => {
  const calls = createCallsInFlight();
  const time = createFakeTime({ work: calls });
  const model = watched(subject.model ?? createStagedModel(), calls);
  const { policy, responders = [] } = optionsOf(model, calls);
  const make = subject.createChat ?? createChat;
  const { clock, timer } = time;
  const {
    users: _u,
    sessions: _s,
    relations: _r,
    messages: _m,
    standIns: _i,
    ...rest
  } = createMemoryPorts({ clock, timer });
  const events: ChatEvent[] = [];
  rest.events.subscribe((event) => events.push(event));

  let store = subject.port;
  const portsOver = ({ users, sessions, relations, messages, standIns }: StandInPorts): ChatPorts => ({
    ...rest,
    users: calls.counted(users),
    sessions: calls.counted(sessions),
    relations: calls.counted(relations),
    messages: calls.counted(messages),
    standIns: calls.counted(standIns),
    hasher: createQuickHasher(),
    tokens: createQuickTokens(clock),
    responders,
  });
  let ports = portsOver(store);
  const nodes: Chat[] = [];
  const node = (other: Partial<ChatPolicy> = {}): Chat => {
    const made = make(ports, { rateLimits: "off", ...policy, ...other });
    nodes.push(made);
    return made;
  };
  let chat = node();
  await chat.start();

  const signUp = async (name: string): Promise<Person> => {
    const email = `${name.toLowerCase().replace(/[^a-z0-9]/g, "")}@example.org`;
    const { token, user } = await chat.signUp({ email, password, username: name }, home);
    return { id: user.id, name, email, token, caller: await chat.authenticate(token) };
  };
  const [owner, writer] = [await signUp("Olga"), await signUp("Will")];
  const stop = (): Promise<unknown> => Promise.all(nodes.splice(0).map((each) => each.stop()));

  const scene: Scene = {
    get chat() {
      return chat;
    },
    get store() {
      return store;
    },
    ids: rest.ids,
    time,
    events,
    calls,
    model,
    owner,
    writer,
    signUp,
    send: (from, to, message) => chat.sendMessage(from.caller, { to: to.id, message }),
    async ask(text = "Are you there?", wait = 5 * second) {
      const message = await scene.send(writer, owner, text);
      await time.leap(wait);
      return message;
    },
    async declare(person, status, more = {}) {
      await chat.changeStatus(person.caller, { status, ...more });
    },
    async nextPeriod() {
      await scene.declare(owner, "AVAILABLE");
      await scene.declare(owner, "BUSY");
    },
    async settings(patch) {
      await chat.standIn.changeSettings(owner.caller, patch);
    },
    history: async (viewer, other) => (await chat.readMessages(viewer.caller, { peer: other.id })).messages,
    said: async () => (await scene.history(writer, owner)).filter(({ origin }) => origin === "standin"),
    decisions: async () =>
      (await chat.standIn.decisions(owner.caller, { limit: 1_000 })).decisions.map(({ decision }) => decision),
    details: async () =>
      (await chat.standIn.decisions(owner.caller, { limit: 1_000 })).decisions.map(({ detail }) => detail),
    job: ({ id }) => store.messages.job(id),
    node,
    async restart(pause = 0) {
      await stop();
      await time.leap(pause);
      if (subject.reopen !== undefined) {
        store = await subject.reopen();
        ports = portsOver(store);
      }
      chat = node();
      await chat.start();
    },
    untilAsked: (count) => until("the model is asked", () => model.calls.length >= count),
  };
  await scene.declare(owner, "BUSY");
  return {
    scene,
    async close() {
      await stop();
    },
  };
};

type Play = (scene: Scene) => Promise<void>;

const playing =
  (play: Play, optionsOf: (model: StagedModel, calls: CallsInFlight) => SceneOptions) =>
  async (subject: StandInSubject): Promise<void> => {
    const { scene, close } = await openScene(subject, optionsOf);
    try {
      await play(scene);
    } finally {
      await close();
    }
  };

/** A rule that holds whoever writes the answer; here it is the template. */
export const rule = (
  id: string,
  title: string,
  play: Play,
  options: Omit<SceneOptions, "responders"> = {},
): StandInRuleCase => ({ id, title, invariants: [], run: playing(play, () => options) });

/** A rule that needs a model. `others` are asked after it. */
export const modelRule = <Others extends readonly AutoResponder[]>(
  id: string,
  title: string,
  play: (scene: Scene, others: Others) => Promise<void>,
  options: { readonly policy?: Partial<ChatPolicy>; readonly others?: () => Others } = {},
): StandInRuleCase => ({
  id,
  title,
  invariants: [],
  capability: "model",
  run: (subject) => {
    const { policy = {}, others = (): Others => [] as unknown as Others } = options;
    const made = others();
    const run = playing(
      (scene) => play(scene, made),
      ({ responder }) => ({ policy, responders: [responder, ...made] }),
    );
    return run(subject);
  },
});

/** A rule of which the store is the question and not the model: the case brings a model of its own, which always answers. */
export const storeRule = <Model extends AutoResponder>(
  id: string,
  title: string,
  play: (scene: Scene, model: Model) => Promise<void>,
  create: () => Model,
): StandInRuleCase => ({
  id,
  title,
  invariants: [],
  capability: "model",
  run: (subject) => {
    const made = create();
    const run = playing(
      (scene) => play(scene, made),
      (_, calls) => ({ responders: [calls.counted(made)] }),
    );
    return run(subject);
  },
});

/** The text of each, in order. */
export const texts = (messages: readonly Message[]): string[] => messages.map(({ content }) => content);

/** What is announced of messages, in order. */
export const announced = ({ events }: Scene): readonly Message[] =>
  events.flatMap((event) => (event.type === "message-stored" ? [event.message] : []));

/** How the template begins when Olga is BUSY without an end. */
export const fixedAnswer =
  "Olga's assistant: This is an automatic reply: Olga is busy. Your message was stored and is waiting to be read.";

/** There is exactly one. */
export const only = <Item>(items: readonly Item[]): Item => {
  const [item, ...others] = items;
  assert.equal(others.length, 0, "more than one");
  assert.ok(item !== undefined, "none");
  return item;
};
