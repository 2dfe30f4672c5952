import { createMemoryPorts } from "@standin/adapter-memory";
import { type Chat, createChat } from "@standin/core";
import type { DoorOptions } from "@standin/http-api/dispatch";
import { createFakeTime } from "../doubles/fake-time.ts";
import { createScriptedResponder } from "../doubles/scripted-responder.ts";
import { createQuickHasher, createQuickTokens } from "../http-door/credentials.ts";
import { allowedOrigin } from "../http-door/door-host.ts";
import type { RealtimeDoor } from "./realtime-door.ts";

/** Everything behind a realtime door: a real chat over ports in memory, and what the door is told besides. */
export interface RealtimeHost {
  readonly options: Pick<DoorOptions, "allowedOrigins" | "trustProxy"> & { readonly chat: Chat };
  /** For the subject's port. */
  readonly pass: RealtimeDoor["pass"];
  dispose(): Promise<void>;
}

/** What the model behind the chat always says, and how it is called. */
export const modelsWords = "All that you write will be read.";
export const modelsName = "scripted";

/**
 * What to put behind a door that is held to {@link realtimeDoorContract}: the chat's time passes only when a case lets it, proxies on
 * loopback are trusted, one foreign origin is allowed. The door itself runs by the machine's time.
 *
 * @example
 * const { options, pass, dispose } = await createRealtimeHost();
 * const sockets = createChatSockets({ ...options, server });
 */
export const createRealtimeHost = async (): Promise<RealtimeHost> => {
  // Begins now: a door compares the end of a token with its own clock.
  const { clock, timer, advance } = createFakeTime({ start: Date.now() });
  const ports = createMemoryPorts({ clock, timer });
  const chat = createChat({
    ...ports,
    hasher: createQuickHasher(),
    tokens: createQuickTokens(clock),
    responders: [createScriptedResponder([modelsWords], { model: modelsName })],
  });
  await chat.start();
  let isOver = false;
  return {
    options: {
      chat,
      allowedOrigins: [allowedOrigin],
      trustProxy: (address, hop) => hop === 0 && address === "127.0.0.1",
    },
    async pass(ms) {
      // A case that was given up would let time pass for nobody, and keep the next ones waiting.
      if (isOver) throw new Error("No time passes any more: the chat was disposed");
      await advance(ms);
    },
    async dispose() {
      isOver = true;
      await chat.stop();
    },
  };
};
