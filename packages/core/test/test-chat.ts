import { createMemoryPorts } from "@standin/adapter-memory";
import { createFakeTime, type FakeTime } from "@standin/contract-tests";
import {
  type Caller,
  type Chat,
  type ChatEvent,
  type ChatPolicy,
  type ChatPorts,
  createChat,
  type Message,
  type UserView,
} from "@standin/core";
import type { PasswordHasher, TokenClaims, TokenService } from "@standin/core/ports";

const hasher: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (hash, password) => hash === `plain:${password}`,
};

const tokens: TokenService = {
  issue: async (claims) => JSON.stringify(claims),
  verify: async (token) => {
    try {
      return JSON.parse(token) as TokenClaims;
    } catch {
      return null;
    }
  },
};

export const password = "correct horse";
export const home = { address: "192.0.2.1" };

export interface Person {
  readonly caller: Caller;
  readonly token: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface TestChat {
  readonly chat: Chat;
  readonly ports: ChatPorts;
  readonly time: FakeTime;
  readonly events: ChatEvent[];
  signUp(name: string): Promise<Person>;
  /** What everybody was told of a person's status, in order. */
  told(person: Person): string[];
  see(viewer: Person, person: Person): Promise<UserView>;
  /** The whole conversation of two people. */
  history(one: Person, other: Person): Promise<readonly Message[]>;
  send(from: Person, to: Person, message: string, clientMsgId?: string): Promise<Message>;
  /** Another chat over the same stores, as after a restart or on a second node. */
  again(policy?: Partial<ChatPolicy>): Chat;
}

/** A chat over the reference adapters with a clock of its own. */
export const createTestChat = async (
  policy: Partial<ChatPolicy> = {},
  change: (ports: ChatPorts) => Partial<ChatPorts> = () => ({}),
): Promise<TestChat> => {
  const time = createFakeTime();
  const base: ChatPorts = { ...createMemoryPorts({ clock: time.clock, timer: time.timer }), hasher, tokens };
  const ports: ChatPorts = { ...base, ...change(base) };
  const chat = createChat(ports, { rateLimits: "off", ...policy });
  const events: ChatEvent[] = [];
  ports.events.subscribe((event) => events.push(event));
  await chat.start();
  return {
    chat,
    ports,
    time,
    events,
    signUp: async (name) => {
      const email = `${name.toLowerCase().replace(/\W/g, "")}@example.org`;
      const { token, user } = await chat.signUp({ email, password, username: name }, home);
      return { caller: await chat.authenticate(token), token, id: user.id, email, name };
    },
    told: (person) =>
      events.flatMap((event) =>
        event.type === "status-changed" && event.user.id === person.id ? [event.user.status] : [],
      ),
    see: async (viewer, person) => {
      const { users } = await chat.listUsers(viewer.caller, {});
      const view = users.find(({ id }) => id === person.id);
      if (view === undefined) throw new Error(`${person.name} is not in the list`);
      return view;
    },
    history: async (one, other) => (await chat.readMessages(one.caller, { peer: other.id })).messages,
    send: (from, to, message, clientMsgId) => chat.sendMessage(from.caller, { to: to.id, message, clientMsgId }),
    again: (other = {}) => createChat(ports, { rateLimits: "off", ...policy, ...other }),
  };
};
