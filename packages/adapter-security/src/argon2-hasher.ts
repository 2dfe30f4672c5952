import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash, parseOptions, verify } from "@node-rs/argon2";
import { ChatError, type PasswordHasher } from "@standin/core/ports";
import { WorkQueue } from "./work-queue.ts";

export interface Argon2HasherOptions {
  /** How many hashes are computed at a time. Default: one less than there are processors, at least 1 and at most 3. */
  readonly concurrency?: number;
  /** How many calls may wait beyond those. Default: 64. */
  readonly queueLimit?: number;
}

/** argon2id, version 19, 19 MiB, two passes, one lane. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const saltLength = 16;

/** The most that a stored hash may cost to verify; one that asks for more was not made by us, and could exhaust the machine. */
const dearest = { memoryCost: 262_144, timeCost: 16, parallelism: 8 };

/** Node.js computes in a pool of four threads; one is left for everything else that needs them, signing tokens included. */
const mostThreads = 3;

const retryAfterMs = 1_000;

/**
 * A {@link PasswordHasher} on argon2id. Any argon2 hash in PHC format of a bearable cost is verified, whatever its parameters, so that
 * hashes outlive a change of them.
 *
 * @throws RangeError for an option that is no whole number in its range.
 * @example
 * const hasher = createArgon2Hasher();
 * const hashed = await hasher.hash("correct horse battery staple");
 * await hasher.verify(hashed, "correct horse battery staple"); // true
 */
export const createArgon2Hasher = (options: Argon2HasherOptions = {}): PasswordHasher => {
  const { concurrency = defaultConcurrency(), queueLimit = 64 } = options;
  const queue = new WorkQueue({ concurrency, queueLimit, retryAfterMs });
  const hashOfNobody = createHashOfNobody();

  return {
    async hash(password: string): Promise<string> {
      return queue.run(() => hash(password, parameters).catch(unavailable));
    },

    async verify(stored: string | null, password: string): Promise<boolean> {
      const isHash = stored !== null && isVerifiable(stored);
      const matches = await queue.run(() => verify(isHash ? stored : hashOfNobody, password).catch(unavailable));
      return isHash && matches;
    },
  };
};

const defaultConcurrency = (): number => Math.max(1, Math.min(availableParallelism() - 1, mostThreads));

/** A well-formed hash of no password in particular: its digest is random, so verifying costs the same and never succeeds. */
const createHashOfNobody = (): string => {
  const { memoryCost, timeCost, parallelism, outputLen } = parameters;
  const random = (bytes: number): string => randomBytes(bytes).toString("base64").replaceAll("=", "");
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${random(saltLength)}$${random(outputLen)}`;
};

const isVerifiable = (stored: string): boolean => {
  try {
    const { memoryCost, timeCost, parallelism } = parseOptions(stored);
    return memoryCost <= dearest.memoryCost && timeCost <= dearest.timeCost && parallelism <= dearest.parallelism;
  } catch {
    return false;
  }
};

const unavailable = (cause: unknown): never => {
  throw new ChatError("UNAVAILABLE", { cause, retryAfterMs });
};
