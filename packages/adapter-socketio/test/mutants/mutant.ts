import type { DoorMaker } from "../contract-door.ts";

/** A door with one mistake, and the cases that must find it out: these and no others. */
export interface Mutant {
  readonly name: string;
  readonly door: DoorMaker;
  readonly fails: readonly string[];
}
