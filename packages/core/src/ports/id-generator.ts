import type { Id } from "../domain/index.ts";

/** Makes ids before anything is stored under them. */
export interface IdGenerator {
  /** 24 lower-case hexadecimal digits, unique over all nodes, ever greater within a process, also when the clock goes back. */
  id(): Id;
  /** An unguessable string of at least 128 random bits, 22 or more characters of `A-Z a-z 0-9 _ -`. */
  secret(): string;
}
