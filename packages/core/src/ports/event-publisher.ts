import type { ChatEvent } from "../domain/index.ts";

/** Carries what happened to everybody who must hear of it. A hint, not the truth: what is lost is found again in the store. */
export interface EventPublisher {
  /**
   * Tells every subscriber of every node, each once, in the order of publishing on this node (INVARIANT EV-01).
   * Returns before they are told (INVARIANT EV-02) and never throws; a subscriber that throws disturbs neither the publisher nor
   * another subscriber (INVARIANT EV-03).
   */
  publish(event: ChatEvent): void;
  /** From now on; events published before are not told again (INVARIANT EV-04). Returns what ends it; ending twice does nothing. */
  subscribe(listener: (event: ChatEvent) => void): () => void;
}
