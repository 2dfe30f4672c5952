import type { Id } from "./ids.ts";

/** What a writer may ask of a busy person's stand-in: to be silent and only keep what they write, or to tell the owner at once. */
export type StandInRequestKind = "message-only" | "urgent";

/** A writer's request. There is at most one of each kind per owner, writer and period. */
export interface StandInRequest {
  readonly kind: StandInRequestKind;
  readonly owner: Id;
  readonly writer: Id;
  /** The owner's period of BUSY for which it holds. */
  readonly period: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
