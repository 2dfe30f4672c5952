/** A map whose entries end. What has ended is never answered, and is swept out whenever the map has doubled since the last sweep. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly endsAt: number }>();
  readonly #sweepFrom: number;
  #sweepAt: number;

  /** `sweepFrom`: the number of entries below which no sweep is worth its while. */
  constructor(sweepFrom = 1_024) {
    this.#sweepFrom = sweepFrom;
    this.#sweepAt = sweepFrom;
  }

  /** How many entries are held, ended ones that were not yet swept included. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.endsAt > now ? entry.value : undefined;
  }

  set(key: string, value: Value, endsAt: number, now: number): void {
    this.#entries.set(key, { value, endsAt });
    if (this.#entries.size < this.#sweepAt) return;
    for (const [old, entry] of this.#entries) if (entry.endsAt <= now) this.#entries.delete(old);
    this.#sweepAt = Math.max(this.#sweepFrom, 2 * this.#entries.size);
  }
}
