import {
  clockContract,
  createFakeTime,
  eventPublisherContract,
  idGeneratorContract,
  messageRepositoryContract,
  presenceStoreContract,
  rateLimiterContract,
  relationRepositoryContract,
  sessionRepositoryContract,
  standInContract,
  standInRepositoryContract,
  timerContract,
  userRepositoryContract,
} from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import {
  createIdGenerator,
  createMemoryEventPublisher,
  createMemoryPresenceStore,
  createMemoryRateLimiter,
  createMemoryStore,
  createSystemClock,
  createSystemTimer,
} from "../src/index.ts";

const name = "memory";
const durable = { unsupported: "its data ends with the process" } as const;

testContract(userRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters: true },
  create: () => ({ port: createMemoryStore().users }),
});

testContract(sessionRepositoryContract, {
  name,
  capabilities: { durable },
  create: () => ({ port: createMemoryStore().sessions }),
});

testContract(relationRepositoryContract, {
  name,
  capabilities: { durable },
  create: () => ({ port: createMemoryStore().relations }),
});

testContract(standInRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters: true },
  create: () => ({ port: createMemoryStore().standIns }),
});

testContract(messageRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters: true },
  create: () => ({ port: createMemoryStore().messages }),
});

testContract(presenceStoreContract, {
  name,
  capabilities: { concurrentWriters: true },
  create: () => ({ port: createMemoryPresenceStore() }),
});

testContract(eventPublisherContract, {
  name,
  capabilities: {},
  create: () => ({ port: createMemoryEventPublisher() }),
});

testContract(rateLimiterContract, {
  name,
  capabilities: { controlledClock: true },
  create: () => {
    const { clock, advance } = createFakeTime();
    return { port: createMemoryRateLimiter({ clock }), advance };
  },
});

testContract(idGeneratorContract, {
  name,
  capabilities: { controlledClock: true },
  create: () => {
    const { clock, set } = createFakeTime();
    return { port: createIdGenerator({ clock }), moveClock: (ms) => set(clock.now() + ms) };
  },
});

testContract(clockContract, { name, capabilities: {}, create: () => ({ port: createSystemClock() }) });

testContract(timerContract, { name, capabilities: {}, create: () => ({ port: createSystemTimer() }) });

testContract(standInContract, {
  name,
  capabilities: { model: true },
  create: () => ({ port: createMemoryStore() }),
});
