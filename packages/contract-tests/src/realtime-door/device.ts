import type { Socket } from "socket.io-client";

/** How long anything may take that a door does: far longer than it needs, on however busy a machine, and less than a case has. */
export const deadlineMs = 30_000;

interface Heard {
  readonly event: string;
  readonly payload: unknown;
}

/** A stock client that keeps everything it is sent, in order. */
export interface Device {
  readonly socket: Socket;
  /** Everything so far but markers. */
  readonly heard: readonly Heard[];
  /** What it was sent of that event so far. */
  all(event: string): readonly unknown[];
  /** Starts the lists anew. */
  forget(): void;
  /** The first payload of that event that fits, already here or yet to come. Rejects when none comes. */
  hears(event: string, fits?: (payload: Fields) => boolean): Promise<unknown>;
  /** The marker with this text has arrived, and so everything that was sent to this device before it. */
  hearsMarker(text: string): Promise<void>;
  /** Sends with an acknowledgement, and returns what it is given. */
  ask(event: string, ...payloads: readonly unknown[]): Promise<unknown>;
  /** Sends without one. */
  tell(event: string, ...payloads: readonly unknown[]): void;
  /** Why the connection ended, once it has. */
  closed(): Promise<string>;
}

/** Any payload, to look into. */
export type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (payload: unknown): Fields => (typeof payload === "object" && payload !== null ? { ...payload } : {});

/** Rejects with what was waited for when it does not come in time. */
const inTime = <Result>(what: string, promise: Promise<Result>): Promise<Result> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timeout = setTimeout(() => reject(new Error(`Waited in vain: ${what}`)), deadlineMs);
  return Promise.race([promise, late]).finally(() => clearTimeout(timeout));
};

/**
 * @param socket - not connected yet, so that nothing is missed
 * @param marker - the person whose messages and statuses are markers and nothing else
 */
export const createDevice = (socket: Socket, marker: string): Device => {
  const heard: Heard[] = [];
  const markers: string[] = [];
  const waiting = new Set<() => void>();
  const { promise: closed, resolve: close } = Promise.withResolvers<string>();
  socket.once("disconnect", close);
  socket.onAny((event: string, payload: unknown) => {
    const { from, userId, content, busyNote } = fieldsOf(payload);
    if (from === marker) markers.push(String(content));
    else if (userId === marker) markers.push(String(busyNote));
    else heard.push({ event, payload });
    for (const look of [...waiting]) look();
  });

  const soon = <Found>(what: string, find: () => Found | undefined): Promise<Found> => {
    const { promise, resolve } = Promise.withResolvers<Found>();
    const look = (): void => {
      const found = find();
      if (found !== undefined) resolve(found);
    };
    waiting.add(look);
    look();
    return inTime(what, promise).finally(() => waiting.delete(look));
  };

  return {
    socket,
    heard,
    all: (event) => heard.filter((each) => each.event === event).map(({ payload }) => payload),
    forget: () => void heard.splice(0),
    async hears(event, fits = () => true) {
      const found = await soon(`the event ${event}`, () =>
        heard.find((each) => each.event === event && fits(fieldsOf(each.payload))),
      );
      return found.payload;
    },
    async hearsMarker(text) {
      await soon(`the marker "${text}"`, () => markers.find((each) => each === text));
    },
    ask: (event, ...payloads) =>
      inTime(`the acknowledgement of ${event}`, socket.emitWithAck(event, ...payloads) as Promise<unknown>),
    tell: (event, ...payloads) => void socket.emit(event, ...payloads),
    closed: () => inTime("the end of the connection", closed),
  };
};

/** Settles once the client is connected; rejects with the `connect_error`. */
export const connected = (socket: Socket): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("connect", () => resolve());
  socket.once("connect_error", reject);
  socket.connect();
  return inTime("a connection, or why there is none", promise);
};
