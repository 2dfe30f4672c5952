import type { ChatPorts } from "@standin/core";
import type {
  MessageRepository,
  RelationRepository,
  SessionRepository,
  StandInRepository,
  UserRepository,
} from "@standin/core/ports";
import { createMemoryEventPublisher } from "./event-publisher.ts";
import { createIdGenerator } from "./id-generator.ts";
import { createMemoryMessageRepository } from "./message-repository.ts";
import { createMemoryPresenceStore } from "./presence-store.ts";
import { createMemoryRateLimiter } from "./rate-limiter.ts";
import { createMemoryRelationRepository } from "./relation-repository.ts";
import { createMemorySessionRepository } from "./session-repository.ts";
import { createSilentLogger } from "./silent-logger.ts";
import { createMemoryStandInRepository } from "./stand-in-repository.ts";
import { createSystemClock } from "./system-clock.ts";
import { createSystemTimer } from "./system-timer.ts";
import { createMemoryUserRepository } from "./user-repository.ts";

/** The five repositories that a store consists of. */
export interface MemoryStore {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly relations: RelationRepository;
  readonly messages: MessageRepository;
  readonly standIns: StandInRepository;
}

/**
 * A fresh, empty store.
 *
 * @example
 * const { users, messages } = createMemoryStore();
 */
export const createMemoryStore = (): MemoryStore => ({
  users: createMemoryUserRepository(),
  sessions: createMemorySessionRepository(),
  relations: createMemoryRelationRepository(),
  messages: createMemoryMessageRepository(),
  standIns: createMemoryStandInRepository(),
});

/** All ports but those whose work cannot be done in memory alone: hashing and signing. */
export type MemoryPorts = Omit<ChatPorts, "hasher" | "tokens">;

/**
 * Every port in memory, but `hasher` and `tokens`. A `clock` or `logger` among the overrides is also used by the ports made here.
 *
 * @example
 * const chat = createChat({ ...createMemoryPorts({ clock }), hasher, tokens });
 */
export const createMemoryPorts = (overrides: Partial<MemoryPorts> = {}): MemoryPorts => {
  const { clock = createSystemClock(), logger = createSilentLogger() } = overrides;
  return {
    ...createMemoryStore(),
    presence: createMemoryPresenceStore(),
    events: createMemoryEventPublisher({ logger }),
    limiter: createMemoryRateLimiter({ clock }),
    timer: createSystemTimer(),
    ids: createIdGenerator({ clock }),
    ...overrides,
    clock,
    logger,
  };
};
