import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { afterEach } from "vitest";
import type { Json } from "./people.ts";

/** A stock client that remembers what it was told. */
export interface Device {
  readonly socket: Socket;
  /** Everything heard so far, oldest first. */
  readonly heard: readonly { readonly event: string; readonly payload: Json }[];
  /** What was heard under one name. */
  readonly all: (event: string) => readonly Json[];
  /** The first payload under the name that fits, heard already or to come. Rejects after a minute. */
  readonly next: (event: string, fits?: (payload: Json) => boolean) => Promise<Json>;
  /** The answer to an event, through its callback. */
  readonly ask: (event: string, ...payload: readonly unknown[]) => Promise<Json>;
  readonly close: () => void;
}

/** Far more than anything takes on a slow machine: no test may rely on how fast something comes. */
const patienceMs = 60_000;
const open = new Set<Socket>();

afterEach(() => {
  for (const socket of open) socket.disconnect();
  open.clear();
});

export type ConnectOptions = Partial<ManagerOptions & SocketOptions> & { readonly token?: string };

/** A device that may never get in; `connect` is for those that must. */
export const newDevice = (url: string, { token, ...options }: ConnectOptions = {}): Device => {
  const socket = io(url, {
    forceNew: true,
    reconnection: false,
    ...(token === undefined ? {} : { auth: { token } }),
    ...options,
  });
  open.add(socket);
  const heard: { event: string; payload: Json }[] = [];
  const waiting = new Set<() => void>();
  const note = (event: string, payload: Json) => {
    heard.push({ event, payload });
    for (const look of [...waiting]) look();
  };
  socket.onAny((event: string, payload: Json) => note(event, payload));
  socket.on("connect", () => note("connect", undefined));
  socket.on("connect_error", (error) => note("connect_error", error));
  socket.on("disconnect", (reason) => note("disconnect", reason));
  return {
    socket,
    heard,
    all: (event) => heard.filter((entry) => entry.event === event).map((entry) => entry.payload),
    next: (event, fits = () => true) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${event} that fits within ${patienceMs} ms; heard ${JSON.stringify(heard)}`));
        }, patienceMs);
        const look = () => {
          const found = heard.find((entry) => entry.event === event && fits(entry.payload));
          if (found === undefined) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found.payload);
        };
        waiting.add(look);
        look();
      }),
    ask: (event, ...payload) => socket.timeout(patienceMs).emitWithAck(event, ...payload),
    close: () => {
      socket.disconnect();
      open.delete(socket);
    },
  };
};

const userIdOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).user_id;

/** A device that is connected and logged in, and whose person is seen to be connected. */
export const connect = async (url: string, token: string, options: ConnectOptions = {}): Promise<Device> => {
  const device = newDevice(url, { ...options, token });
  await device.next("connect");
  // `connect` says that the token is good. That its person is connected is written down a moment later, before anything is answered here.
  const answer = await device.ask("userLoggedIn", { userId: userIdOf(token) });
  if (answer.success !== true) throw new Error(`the log-in was answered ${JSON.stringify(answer)}`);
  return device;
};
