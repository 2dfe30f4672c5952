import type { ClientEventName, ClientEvents } from "./events.ts";

type Listener<Name extends ClientEventName> = (payload: ClientEvents[Name]) => void;

export interface Emitter {
  on<Name extends ClientEventName>(event: Name, listener: Listener<Name>): () => void;
  emit<Name extends ClientEventName>(event: Name, payload: ClientEvents[Name]): void;
}

/** Tells listeners, each of them whatever the others do. */
export const createEmitter = (): Emitter => {
  const listeners = new Map<ClientEventName, Set<{ readonly call: (payload: never) => void }>>();
  return {
    on: (event, listener) => {
      const entry = { call: listener };
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(entry));
      return () => void set.delete(entry);
    },
    emit: (event, payload) => {
      for (const { call } of [...(listeners.get(event) ?? [])]) {
        try {
          call(payload as never);
        } catch (error) {
          // As with a listener of the platform's own: the error is uncaught, and what we were doing goes on.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
};
