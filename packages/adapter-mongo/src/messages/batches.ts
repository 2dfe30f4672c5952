export interface BatchOptions {
  /** Items in one batch, at most. */
  readonly maxBatch: number;
  /** Batches that are on their way at the same time, at most: what comes meanwhile gathers in the next. */
  readonly maxInFlight: number;
}

/** Gathers what comes in one turn of the event loop, so that it goes to the server in one command. */
export interface Batches<Item> {
  add(item: Item): void;
  /** How many items wait to be sent. */
  waiting(): number;
}

/** `send` settles what each item waits for, and never rejects. */
export const createBatches = <Item>(
  { maxBatch, maxInFlight }: BatchOptions,
  send: (batch: readonly Item[]) => Promise<void>,
): Batches<Item> => {
  const waiting: Item[] = [];
  let inFlight = 0;
  let isScheduled = false;

  const schedule = (): void => {
    if (isScheduled || waiting.length === 0 || inFlight >= maxInFlight) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      inFlight += 1;
      void send(waiting.splice(0, maxBatch)).finally(() => {
        inFlight -= 1;
        schedule();
      });
      // What is over the size of a batch gets a turn of its own.
      schedule();
    });
  };

  return {
    add(item) {
      waiting.push(item);
      schedule();
    },
    waiting: () => waiting.length,
  };
};
