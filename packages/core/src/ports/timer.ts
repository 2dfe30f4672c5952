/** The only way to do something later. */
export interface Timer {
  /**
   * Calls `run` once, `ms` milliseconds from now or a little later, never at once, also for more than 2^31 - 1 ms (Node.js fires
   * those immediately: clamp and re-arm). Returns what cancels it; cancelling twice, or too late, does nothing.
   * A waiting timer alone keeps no process alive.
   */
  after(ms: number, run: () => void): () => void;
}
