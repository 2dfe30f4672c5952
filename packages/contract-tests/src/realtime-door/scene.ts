import assert from "node:assert/strict";
import type { Caller, Chat } from "@standin/core";
import { io, type Socket } from "socket.io-client";
import { connected, createDevice, type Device, deadlineMs, type Fields } from "./device.ts";
import type { RealtimeCase, RealtimeDoor } from "./realtime-door.ts";

type Transport = "polling" | "websocket";

/** One of the people of the cases, signed up. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly caller: Caller;
}

interface ClientOptions {
  /** Default: the one on which the case runs. */
  readonly transports?: readonly Transport[];
  readonly auth?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What every case finds: three people who have nothing to do with each other yet, and as many clients as it wants. */
export interface Scene extends RealtimeDoor {
  readonly ada: Person;
  readonly ben: Person;
  readonly cy: Person;
  /** On which transport the case runs. */
  readonly transport: Transport;
  /** The same person with another session. */
  signInAgain(person: Person): Promise<Person>;
  /** A stock client that does not connect yet. */
  client(options?: ClientOptions): Socket;
  /** A client that is connected and logged in by its handshake; null: that is not logged in. */
  device(person: Person | null, options?: ClientOptions): Promise<Device>;
  /** All messages that were sent to these people before have reached these devices: each gets one more, which is not kept. */
  settle(people: readonly Person[], ...devices: readonly Device[]): Promise<void>;
  /** All statuses that were announced before have reached these devices: another one comes after them, which is not kept. */
  settleStatuses(...devices: readonly Device[]): Promise<void>;
  /** Lets time pass for the chat until it is so. Rejects when it never is. */
  passUntil(isSo: () => Promise<boolean> | boolean): Promise<void>;
}

/** Where calls of the use cases come from. */
export const home = { address: "192.0.2.1" } as const;

const signUp = async (chat: Chat, username: string): Promise<Person> => {
  const email = `${username.toLowerCase()}@example.org`;
  const password = `${username}'s password`;
  const { token, user } = await chat.signUp({ email, password, username }, home);
  return { id: user.id, email, username, password, token, caller: await chat.authenticate(token) };
};

interface OpenScene {
  readonly scene: Scene;
  close(): void;
}

const openScene = async (door: RealtimeDoor, transport: Transport): Promise<OpenScene> => {
  const { chat, url } = door;
  const [ada, ben, cy] = [await signUp(chat, "Ada"), await signUp(chat, "Ben"), await signUp(chat, "Cy")];
  const marker = await signUp(chat, "Marker");
  const clients: Socket[] = [];
  let markers = 0;
  const nextMarker = (): string => {
    markers += 1;
    return `marker ${markers}`;
  };

  const client: Scene["client"] = ({ transports = [transport], auth = {}, headers } = {}) => {
    const socket = io(url, {
      transports: [...transports],
      auth,
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      ...(headers !== undefined && { extraHeaders: { ...headers } }),
    });
    clients.push(socket);
    return socket;
  };

  const scene: Scene = {
    ...door,
    ada,
    ben,
    cy,
    transport,
    client,
    async signInAgain(person) {
      const { token } = await chat.signIn({ email: person.email, password: person.password }, home);
      return { ...person, token, caller: await chat.authenticate(token) };
    },
    async device(person, options = {}) {
      const socket = client({ ...options, ...(person !== null && { auth: { token: person.token } }) });
      const device = createDevice(socket, marker.id);
      await connected(socket);
      // Its log-in may be under way still when the client is told that it is connected.
      if (person !== null) await device.ask("userLoggedIn", { userId: person.id });
      return device;
    },
    async settle(people, ...devices) {
      const text = nextMarker();
      for (const { id } of people) await chat.sendMessage(marker.caller, { to: id, message: text });
      await Promise.all(devices.map((device) => device.hearsMarker(text)));
    },
    async settleStatuses(...devices) {
      const text = nextMarker();
      await chat.changeStatus(marker.caller, { status: "BUSY", note: text });
      await Promise.all(devices.map((device) => device.hearsMarker(text)));
    },
    async passUntil(isSo) {
      const deadline = performance.now() + deadlineMs;
      while (!(await isSo())) {
        assert.ok(performance.now() < deadline, "Time passed in vain");
        await door.pass(1_000);
      }
    },
  };
  return {
    scene,
    close: () => {
      for (const socket of clients) socket.disconnect();
    },
  };
};

/** Settles once a client without a WebSocket is connected. */
export const canPoll = async (door: RealtimeDoor): Promise<void> => {
  const { scene, close } = await openScene(door, "polling");
  try {
    await connected(scene.client());
  } finally {
    close();
  }
};

/** What a case does. */
type Play = (scene: Scene) => Promise<void>;

const playing =
  (transport: Transport, play: Play): RealtimeCase["run"] =>
  async ({ port }) => {
    const { scene, close } = await openScene(port, transport);
    try {
      await play(scene);
    } finally {
      close();
    }
  };

/** A rule that has nothing to do with the transport. */
export const overWebSocket = (id: string, title: string, play: Play): readonly RealtimeCase[] => [
  { id, title, invariants: [], run: playing("websocket", play) },
];

/** A rule that only clients without a WebSocket can break. */
export const overPolling = (id: string, title: string, play: Play): readonly RealtimeCase[] => [
  { id, title, invariants: [], capability: "polling", run: playing("polling", play) },
];

/** A rule of both transports: one case for each. */
export const overBoth = (id: string, title: string, play: Play): readonly RealtimeCase[] => [
  ...overWebSocket(id, title, play),
  ...overPolling(`${id}-polling`, `${title}, over polling`, play),
];

/** Is it this person's status? */
export const of =
  ({ id }: Person, status?: string) =>
  (payload: Fields): boolean =>
    payload["userId"] === id && (status === undefined || payload["status"] === status);
