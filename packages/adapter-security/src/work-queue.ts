import { ChatError } from "@standin/core/ports";

export interface WorkQueueOptions {
  /** How many tasks run at a time: 1 or more. */
  readonly concurrency: number;
  /** How many more may wait: 0 or more. */
  readonly queueLimit: number;
  /** What a task that is refused is told to wait, in milliseconds. */
  readonly retryAfterMs: number;
}

/** Runs tasks, a bounded number at a time, in the order in which they came, and refuses those for which there is no room. */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** RangeError for an option that is no whole number in its range. */
  constructor(options: WorkQueueOptions) {
    const { concurrency, queueLimit } = options;
    if (!Number.isSafeInteger(concurrency) || concurrency < 1)
      throw new RangeError(`concurrency must be a whole number of 1 or more, not ${concurrency}`);
    if (!Number.isSafeInteger(queueLimit) || queueLimit < 0)
      throw new RangeError(`queueLimit must be a whole number of 0 or more, not ${queueLimit}`);
    this.#options = options;
  }

  /** What the task answers; OVERLOADED, at once and without starting it, while the queue is full. */
  async run<Answer>(task: () => Promise<Answer>): Promise<Answer> {
    await this.#enter();
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  #enter(): Promise<void> | undefined {
    const { concurrency, queueLimit, retryAfterMs } = this.#options;
    if (this.#running < concurrency) {
      this.#running += 1;
      return undefined;
    }
    if (this.#waiting.length >= queueLimit) throw new ChatError("OVERLOADED", { retryAfterMs });
    return new Promise((enter) => this.#waiting.push(enter));
  }

  /** Hands the place on to whoever waits, so that nobody can come in between. */
  #leave(): void {
    const enter = this.#waiting.shift();
    if (enter === undefined) this.#running -= 1;
    else enter();
  }
}
