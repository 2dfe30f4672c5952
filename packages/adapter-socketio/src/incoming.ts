import type { Caller, Chat } from "@standin/core";
import { ChatError, isChatError, type Logger } from "@standin/core/ports";
import { type ClientEvent, clientEvents, logInSchema, toRefusalJson } from "@standin/http-api";
import { checkInput } from "@standin/http-api/dispatch";
import type { Connection } from "./connection.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import type { SeenEvent } from "./options.ts";

/** Events of one socket that may be under way at once; far more than its limits of rate let through. */
const mostUnderWay = 1_000;

export interface IncomingOptions {
  readonly chat: Chat;
  readonly logger: Logger;
  readonly observe: (seen: SeenEvent) => void;
}

const eventsByName: ReadonlyMap<unknown, ClientEvent> = new Map(clientEvents.map((event) => [event.event, event]));

type Ack = (answer: object) => void;

interface Arrival {
  readonly event: unknown;
  readonly payloads: readonly unknown[];
  readonly ack: Ack | null;
}

/** Takes apart what arrived: Socket.IO puts the acknowledgement last, and a client cannot send a function itself. */
const readArrival = (args: readonly unknown[]): Arrival => {
  const last = args.at(-1);
  const ack = typeof last === "function" ? (last as Ack) : null;
  const [event, ...payloads] = ack === null ? args : args.slice(0, -1);
  return { event, payloads, ack };
};

/** What is no object is taken for an empty one, so that the refusal names the fields that are missing. */
const asObject = (value: unknown): object =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

/**
 * The one way in for everything that a client sends: log-in → schema → limit → use case → typed answer. Nothing gets past it: neither
 * what a client sends nor what a use case throws reaches the process.
 */
export const receiveFrom = (connection: Connection, { chat, logger, observe }: IncomingOptions): void => {
  const { socket } = connection;
  const lanes: Lanes = createLanes();

  /** An observer that throws costs nobody their answer. */
  const see = (seen: SeenEvent): void => {
    try {
      observe(seen);
    } catch (err) {
      logger.error({ err }, "An event could not be observed");
    }
  };

  const callerFor = async (event: ClientEvent, payload: unknown): Promise<Caller> => {
    while (connection.loggingIn !== null) await connection.loggingIn;
    if (connection.caller !== null) return connection.caller;
    if (event.needsLogin) throw new ChatError("UNAUTHORIZED");
    const { token, userId } = checkInput(logInSchema, payload);
    if (!token) throw new ChatError("UNAUTHORIZED");
    const proof = chat.authenticate(token).then((caller) => {
      if (caller.userId !== userId) throw new ChatError("UNAUTHORIZED");
      return caller;
    });
    return connection.logIn(proof);
  };

  const carryOut = async (event: ClientEvent, payloads: readonly unknown[]): Promise<object> => {
    const sent = asObject(payloads[0]);
    const caller = await callerFor(event, sent);
    if (payloads.length > 1) throw new ChatError("INVALID", { message: "An event carries one object" });
    const payload = checkInput(event.payload, sent, event.invalidMessage);
    if (event.limit === "calls") await chat.countCall(caller);
    const call = (): Promise<object> => event.call({ chat, caller, payload, via: { connectionId: connection.id } });
    const lane = event.lane?.(payload);
    return lane === undefined ? call() : lanes.run(lane, call);
  };

  const answerTo = async ({ event, payloads }: Arrival): Promise<object> => {
    try {
      const known = eventsByName.get(event);
      if (known === undefined) throw new ChatError("INVALID", { message: "Unknown event" });
      if (connection.underWay > mostUnderWay) throw new ChatError("LIMITED");
      const answer = await carryOut(known, payloads);
      see({ event: known.event, code: null });
      return answer;
    } catch (error) {
      if (!isChatError(error) || error.code === "INTERNAL") logger.error({ err: error, event }, "An event failed");
      const refusal = toRefusalJson(error);
      see({ event: eventsByName.get(event)?.event ?? "unknown", code: refusal.code });
      return refusal;
    }
  };

  const receive = async (arrival: Arrival): Promise<void> => {
    connection.begin();
    try {
      const answer = await answerTo(arrival);
      if (!socket.connected) return;
      const answerEvent = eventsByName.get(arrival.event)?.answerEvent ?? null;
      if (arrival.ack !== null) arrival.ack(answer);
      else if (answerEvent !== null) socket.emit(answerEvent, answer);
    } finally {
      connection.end();
    }
  };

  socket.onAny((...args: unknown[]) => {
    receive(readArrival(args)).catch((err: unknown) => logger.error({ err }, "An answer could not be sent"));
  });
};
