import { type ReadonlySignal, signal } from "@preact/signals";
import type { SeenAnswers } from "@standin/client";
import { useEffect, useRef } from "preact/hooks";
import { client } from "./client.ts";
import { connection } from "./connection.ts";

/** What the page has of an answer of the server's. */
type ResourceState<Value> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: unknown }
  | {
      readonly state: "here";
      readonly value: Value;
      /** When the server gave it, in the server's time. */
      readonly at: number;
      /** The server could not be asked since: it may have changed. */
      readonly stale: boolean;
    };

/** An answer of the server's that is shown as a whole, from the device where there is no connection. */
export interface Resource<Value> {
  readonly state: ReadonlySignal<ResourceState<Value>>;
  /** Shows what the device keeps, until there is something newer. Never rejects. */
  restore(): Promise<void>;
  /** Asks the server anew. What is there stays until it answers. Never rejects. */
  read(): Promise<void>;
  /** The server said, in answer to something else, what it is now. */
  put(value: Value): void;
  /** A part of it is known to have changed. Nothing happens as long as it is not there. */
  change(to: (value: Value) => Value): void;
}

/** `name`: under which the client keeps it on the device. `ask`: rejects with ClientError. */
export const createResource = <Name extends keyof SeenAnswers>(
  name: Name,
  ask: () => Promise<SeenAnswers[Name]>,
): Resource<SeenAnswers[Name]> => {
  type Value = SeenAnswers[Name];
  const state = signal<ResourceState<Value>>({ state: "loading" });
  /** Grows with each question, and when its person is gone: only the newest has an answer. */
  let turn = 0;
  client.on("signedOut", () => {
    turn += 1;
    state.value = { state: "loading" };
  });

  const restore = async (): Promise<void> => {
    const asked = turn;
    const seen = await client.lastSeen(name);
    if (seen !== null && asked === turn && state.value.state !== "here")
      state.value = { state: "here", ...seen, stale: true };
  };

  return {
    state,
    restore,
    read: async () => {
      turn += 1;
      const mine = turn;
      if (state.value.state === "failed") state.value = { state: "loading" };
      if (client.connection !== "online") await restore();
      try {
        const value = await ask();
        if (mine === turn) state.value = { state: "here", value, at: client.now(), stale: false };
      } catch (error) {
        await restore();
        if (mine !== turn) return;
        const { value: current } = state;
        state.value = current.state === "here" ? { ...current, stale: true } : { state: "failed", error };
      }
    },
    put: (value) => {
      turn += 1;
      state.value = { state: "here", value, at: client.now(), stale: false };
    },
    change: (to) => {
      const { value: current } = state;
      if (current.state === "here") state.value = { ...current, value: to(current.value) };
    },
  };
};

/** Reads it whenever a component that shows it appears, and after each connect as long as it is there. */
export const useResource = <Value>(resource: Resource<Value>): void => {
  const online = connection.value === "online";
  const isRead = useRef(false);
  useEffect(() => {
    // A connection that goes is no reason to ask: it may go because the session ends.
    if (isRead.current && !online) return;
    isRead.current = true;
    void resource.read();
  }, [online]);
};
