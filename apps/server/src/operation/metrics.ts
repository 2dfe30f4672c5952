import type { ChatSocketsStats, SeenEvent } from "@standin/adapter-socketio";
import type { Chat } from "@standin/core";
import { errorTable } from "@standin/http-api";
import type { Seen } from "@standin/http-api/dispatch";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { StoreStats } from "../composition/open-store.ts";
import type { Resource } from "./resource.ts";

/** Where the figures come from. */
export interface MetricsSources {
  readonly chat: Pick<Chat, "subscribe">;
  readonly store: () => StoreStats;
  readonly sockets: () => ChatSocketsStats;
}

/** What the process counts, for Prometheus. No label tells of a person, an address, or what a request named. */
export interface Metrics {
  /** Counts an answered request. */
  readonly observe: (seen: Seen) => void;
  /** Counts an answered event of a socket. */
  readonly observeEvent: (seen: SeenEvent) => void;
  /** The figures of now, in Prometheus' text format. */
  readonly exposition: () => Promise<Resource>;
}

const origins = ["person", "standin", "system"] as const;

/**
 * Counts from now on, beside the standard figures of a Node.js process, which have the delay of the event loop.
 *
 * @example
 * const metrics = createMetrics({ chat, store: store.stats, sockets: () => sockets.stats() });
 * const { body } = await metrics.exposition();
 */
export const createMetrics = ({ chat, store, sockets }: MetricsSources): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({
    name: "standin_http_requests_total",
    help: "HTTP requests that the API answered, by route and status",
    labelNames: ["route", "status"],
    registers,
  });
  const refusals = new Counter({
    name: "standin_http_errors_total",
    help: "HTTP requests that the API refused, by the code of the error",
    labelNames: ["code"],
    registers,
  });
  const events = new Counter({
    name: "standin_socket_events_total",
    help: "Events of sockets that the API answered",
    labelNames: ["event"],
    registers,
  });
  const eventRefusals = new Counter({
    name: "standin_socket_errors_total",
    help: "Events of sockets that the API refused, by the code of the error",
    labelNames: ["code"],
    registers,
  });
  const messages = new Counter({
    name: "standin_messages_stored_total",
    help: "Messages stored, by who wrote them",
    labelNames: ["origin"],
    registers,
  });
  // A rate can only be told from zero on.
  for (const code of Object.keys(errorTable)) {
    refusals.inc({ code }, 0);
    eventRefusals.inc({ code }, 0);
  }
  for (const origin of origins) messages.inc({ origin }, 0);
  chat.subscribe((event) => {
    if (event.type === "message-stored") messages.inc({ origin: event.message.origin });
  });

  new Gauge({
    name: "standin_connections",
    help: "Sockets that are open, and those of them that somebody is logged in on",
    labelNames: ["state"],
    registers,
    collect() {
      const { connected, loggedIn } = sockets();
      this.set({ state: "open" }, connected);
      this.set({ state: "logged_in" }, loggedIn);
    },
  });

  /** A total that the store itself keeps. */
  const storeTotal = (name: string, help: string, total: (stats: StoreStats) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(total(store()));
      },
    });
  const storeGauge = (name: string, help: string, value: (stats: StoreStats) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(store()));
      },
    });
  storeTotal("standin_store_commits_total", "Batches of writes committed", ({ commits }) => commits);
  storeTotal("standin_store_writes_total", "Write requests in the batches committed", ({ rows }) => rows);
  storeGauge("standin_store_largest_batch", "The most write requests in one batch", (stats) => stats.largestBatch);
  storeGauge("standin_store_queue_length", "Write requests that wait for their batch", ({ queued }) => queued);

  return {
    observe: ({ route, status, code }) => {
      requests.inc({ route, status: String(status) });
      if (code !== null) refusals.inc({ code });
    },
    observeEvent: ({ event, code }) => {
      events.inc({ event });
      if (code !== null) eventRefusals.inc({ code });
    },
    exposition: async () => ({
      headers: { "cache-control": "no-store", "content-type": registry.contentType },
      body: Buffer.from(await registry.metrics()),
    }),
  };
};
