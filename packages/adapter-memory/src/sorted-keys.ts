/** A set of strings in the order of `<`, for lists that page and for prefixes. */
export class SortedKeys {
  readonly #keys: string[] = [];

  add(key: string): void {
    const at = this.#position(key);
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key);
  }

  delete(key: string): void {
    const at = this.#position(key);
    if (this.#keys[at] === key) this.#keys.splice(at, 1);
  }

  /** Those greater than `key` (null: all), ascending. */
  *after(key: string | null): Generator<string> {
    let at = key === null ? 0 : this.#position(key);
    if (key !== null && this.#keys[at] === key) at += 1;
    for (; at < this.#keys.length; at += 1) yield this.#keys[at] as string;
  }

  /** Those smaller than `key` (null: all), descending. */
  *before(key: string | null): Generator<string> {
    const end = key === null ? this.#keys.length : this.#position(key);
    for (let at = end - 1; at >= 0; at -= 1) yield this.#keys[at] as string;
  }

  /** Those that begin with `prefix`, ascending. */
  *startingWith(prefix: string): Generator<string> {
    for (let at = this.#position(prefix); at < this.#keys.length; at += 1) {
      const key = this.#keys[at] as string;
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  /** Where `key` is, or would go. Most keys are added in their order, so the end is tried first. */
  #position(key: string): number {
    const last = this.#keys.at(-1);
    if (last === undefined || last < key) return this.#keys.length;
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
