import { createMemoryPorts } from "@standin/adapter-memory";
import { type Chat, createChat } from "@standin/core";
import type { IdGenerator } from "@standin/core/ports";
import type { DoorOptions } from "@standin/http-api/dispatch";
import { createFakeTime } from "../doubles/fake-time.ts";
import { createQuickHasher, createQuickTokens } from "./credentials.ts";
import type { HttpDoor } from "./play-row.ts";

/** The one foreign origin that the host of the table allows. */
export const allowedOrigin = "https://app.example";

/** Everything behind a door: a real chat over ports in memory, and what the door is told besides. */
export interface DoorHost {
  readonly options: DoorOptions & { readonly chat: Chat };
  /** For the subject's port. */
  readonly pass: HttpDoor["pass"];
  dispose(): Promise<void>;
}

/** Ids that are the same in every run, so that the answers of two doors can be compared byte by byte. */
const createCountedIds = (): IdGenerator => {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  return {
    id: () => next().toString(16).padStart(24, "0"),
    secret: () => `secret-${next().toString().padStart(24, "0")}`,
  };
};

/**
 * What to put behind a door that is held to {@link httpDoorContract}: time passes only when a row lets it, ids are counted, proxies on loopback are trusted.
 *
 * @example
 * const { options, pass, dispose } = await createDoorHost();
 * const server = express().use(createChatRouter(options)).listen(0, "127.0.0.1");
 */
export const createDoorHost = async (): Promise<DoorHost> => {
  const { clock, timer, advance } = createFakeTime();
  const ports = createMemoryPorts({ clock, timer, ids: createCountedIds() });
  const chat = createChat({ ...ports, hasher: createQuickHasher(), tokens: createQuickTokens(clock) });
  await chat.start();
  return {
    options: {
      chat,
      allowedOrigins: [allowedOrigin],
      trustProxy: (address, hop) => hop === 0 && address === "127.0.0.1",
    },
    pass: advance,
    dispose: () => chat.stop(),
  };
};
