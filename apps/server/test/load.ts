import { setTimeout as delay } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Json, Person } from "./people.ts";

/** A message to send until it is acknowledged, however often, always under the same id. */
interface Order {
  readonly clientMsgId: string;
  readonly from: Person;
  readonly to: Person;
  readonly content: string;
}

/** What became of all orders so far. */
export interface Ledger {
  /** The first acknowledgement of each order, by its id. */
  readonly acknowledged: Map<string, Json>;
  /** Sent at least once and not acknowledged: in doubt. */
  readonly pending: Map<string, Order>;
  /** Answers that differ from the first one to the same order, each with that. */
  readonly contradictions: Json[];
  /** Answers thrown away, as if the network had lost them, by the id of their order. */
  readonly dropped: Map<string, Json>;
  /** What was refused instead of answered, one entry each: the status of HTTP if it was that, and the code. */
  readonly refusals: string[];
}

export const newLedger = (): Ledger => ({
  acknowledged: new Map(),
  pending: new Map(),
  contradictions: [],
  dropped: new Map(),
  refusals: [],
});

/** Load on one server process. */
export interface Load {
  /** Requests that have been sent and not answered. */
  readonly inFlight: () => number;
  readonly answers: () => number;
  /** What sockets are told beside answers. */
  readonly events: readonly string[];
  /** No new orders; resolves when every request under way has ended, one way or the other. */
  readonly end: () => Promise<void>;
}

export interface LoadOptions {
  readonly url: string;
  readonly people: readonly [Person, Person];
  readonly ledger: Ledger;
  /** Each of these writers sends one message after the other. */
  readonly httpWriters: number;
  /** Each of these keeps several messages under way. */
  readonly socketWriters: number;
  /** Throws every so-manieth answer away, so that a retry meets its first copy. 0: none. */
  readonly dropEvery: number;
  /** Repeat in the same load that whose answer was thrown away. What was refused is repeated in any case. */
  readonly repeatDropped?: boolean;
  /** Write nothing new: every writer ends when nothing is pending. */
  readonly onlyPending?: boolean;
}

const perSocket = 4;
/** Between a refusal and what its writer sends next. */
const pauseMs = 20;
let orders = 0;

/** Rejects when the connection is gone. */
type Attempt = (order: Order) => Promise<{ readonly sent: Json } | { readonly refused: string }>;

const overHttp =
  (url: string): Attempt =>
  async ({ from, to, content, clientMsgId }) => {
    const response = await fetch(`${url}/user/message`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${from.token}` },
      body: JSON.stringify({ to: to.id, message: content, clientMsgId }),
    });
    const body = (await response.json()) as Json;
    return response.status === 200 ? { sent: body.sent } : { refused: `${response.status} ${body.code}` };
  };

const overSocket =
  (socket: Socket): Attempt =>
  async ({ to, content, clientMsgId }) => {
    const answer = await new Promise<Json>((resolve, reject) => {
      // Without a connection it would wait for the next one, and there will be none.
      if (!socket.connected) return reject(new Error("disconnected"));
      socket.once("disconnect", reject);
      socket.emit("sendMessage", { to: to.id, message: content, clientMsgId }, (given: Json) => {
        socket.off("disconnect", reject);
        resolve(given);
      });
    });
    return answer.success ? { sent: answer.sent } : { refused: answer.code };
  };

/** Starts writers that first repeat what is pending, then write new messages, until the server goes away or {@link Load.end}. */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const { url, people, ledger, dropEvery, repeatDropped = false, onlyPending = false } = options;
  const [ann, bob] = people;
  const retries = [...ledger.pending.values()];
  const events: string[] = [];
  let inFlight = 0;
  let answers = 0;
  let ending = false;

  const nextOrder = (from: Person): Order | undefined => {
    const at = retries.findIndex((order) => order.from === from);
    if (at >= 0) return retries.splice(at, 1)[0];
    if (onlyPending) return undefined;
    orders += 1;
    return { clientMsgId: `order-${orders}`, from, to: from === ann ? bob : ann, content: `message ${orders}` };
  };

  const note = (order: Order, sent: Json) => {
    answers += 1;
    const known = ledger.acknowledged.get(order.clientMsgId);
    const first = known ?? ledger.dropped.get(order.clientMsgId);
    if (first !== undefined && first._id !== sent._id) ledger.contradictions.push([first, sent]);
    if (dropEvery > 0 && answers % dropEvery === 0) {
      ledger.dropped.set(order.clientMsgId, sent);
      return;
    }
    ledger.pending.delete(order.clientMsgId);
    if (known === undefined) ledger.acknowledged.set(order.clientMsgId, sent);
  };

  const take = async (order: Order, outcome: Awaited<ReturnType<Attempt>>): Promise<void> => {
    if ("sent" in outcome) {
      note(order, outcome.sent);
      if (repeatDropped && ledger.pending.has(order.clientMsgId)) retries.push(order);
    } else {
      ledger.refusals.push(outcome.refused);
      await delay(pauseMs);
      retries.push(order);
    }
  };

  /** One order after the other, until there is none or the connection is gone. */
  const write = async (from: Person, attempt: Attempt): Promise<void> => {
    for (let order = nextOrder(from); order !== undefined && !ending; order = nextOrder(from)) {
      ledger.pending.set(order.clientMsgId, order);
      inFlight += 1;
      const outcome = await attempt(order)
        .catch(() => null)
        .finally(() => {
          inFlight -= 1;
        });
      if (outcome === null) return;
      await take(order, outcome);
    }
  };

  const sockets = await Promise.all(
    Array.from({ length: options.socketWriters }, async (_, index) => {
      const from = index % 2 === 0 ? ann : bob;
      const socket = io(url, { forceNew: true, reconnection: false, auth: { token: from.token } });
      socket.on("draining", () => events.push("draining"));
      socket.on("disconnect", () => events.push("disconnect"));
      await new Promise<void>((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("connect_error", reject);
      });
      return { from, socket };
    }),
  );
  const writers = [
    ...Array.from({ length: options.httpWriters }, (_, index) => write(index % 2 === 0 ? ann : bob, overHttp(url))),
    ...sockets.flatMap(({ from, socket }) => Array.from({ length: perSocket }, () => write(from, overSocket(socket)))),
  ];
  return {
    inFlight: () => inFlight,
    answers: () => answers,
    events,
    end: async () => {
      ending = true;
      await Promise.all(writers);
      for (const { socket } of sockets) socket.disconnect();
    },
  };
};

/** What the store holds of the orders, as their senders see it. */
export interface Verdict {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There, but not as acknowledged. */
  readonly changed: readonly string[];
  /** There more than once. */
  readonly duplicates: readonly string[];
}

/** Compares the acknowledgements with what each of the two people reads. */
export const judge = (ledger: Ledger, histories: readonly (readonly Json[])[]): Verdict => {
  const stored = new Map<string, Json[]>();
  const seen = new Set<string>();
  for (const message of histories.flat()) {
    if (message.clientMsgId === undefined || seen.has(message._id)) continue;
    seen.add(message._id);
    stored.set(message.clientMsgId, [...(stored.get(message.clientMsgId) ?? []), message]);
  }
  const copyOf = (id: string, sent: Json) => stored.get(id)?.find(({ _id }) => _id === sent._id);
  const lost: string[] = [];
  const changed: string[] = [];
  for (const [id, sent] of ledger.acknowledged) {
    const copy = copyOf(id, sent);
    if (copy === undefined) lost.push(id);
    else if (copy.seq !== sent.seq || copy.content !== sent.content) changed.push(id);
  }
  return {
    lost,
    changed,
    duplicates: [...stored].filter(([, copies]) => copies.length > 1).map(([id]) => id),
  };
};
