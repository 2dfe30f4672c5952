import type { ChatPolicy, Message } from "@standin/core";
import type { AutoResponder } from "@standin/core/ports";
import { createTestChat, type Person, type TestChat } from "../test-chat.ts";

export const second = 1_000;
export const minute = 60 * second;

/** Olga is BUSY, and Will writes to her. */
export interface BusyWorld extends TestChat {
  readonly owner: Person;
  readonly writer: Person;
  /** Will writes to Olga, and so much time goes by. */
  ask(text?: string, wait?: number): Promise<Message>;
  /** What Olga's stand-in said to Will. */
  said(): Promise<readonly Message[]>;
  /** Decision and detail of each message to Olga, newest first. */
  decisions(): Promise<readonly (readonly [string, string | null])[]>;
}

export const createBusyWorld = async (
  responders: readonly AutoResponder[] = [],
  policy: Partial<ChatPolicy> = {},
): Promise<BusyWorld> => {
  const world = await createTestChat(policy, () => ({ responders }));
  const [owner, writer] = [await world.signUp("Olga"), await world.signUp("Will")];
  await world.chat.changeStatus(owner.caller, { status: "BUSY" });
  return {
    ...world,
    owner,
    writer,
    ask: async (text = "Are you there?", wait = 5 * second) => {
      const message = await world.send(writer, owner, text);
      await world.time.advance(wait);
      return message;
    },
    said: async () => (await world.history(writer, owner)).filter(({ origin }) => origin === "standin"),
    decisions: async () => {
      const { decisions } = await world.chat.standIn.decisions(owner.caller, {});
      return decisions.map(({ decision, detail }) => [decision, detail] as const);
    },
  };
};
