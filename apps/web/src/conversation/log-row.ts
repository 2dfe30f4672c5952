/** One row: what it is, and roughly how high, in pixels, until it was drawn once. */
export interface LogRow {
  readonly key: string;
  readonly estimate: number;
  /** Can the place in the list be told by this row? One that moves when rows are added before it is no landmark. */
  readonly landmark: boolean;
}
