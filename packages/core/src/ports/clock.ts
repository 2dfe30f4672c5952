/** The only source of time. */
export interface Clock {
  /** Milliseconds since the epoch. May go back: no order may depend on it. */
  now(): number;
}
