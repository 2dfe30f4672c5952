import type { StagedModel, StandInSubject } from "@standin/contract-tests";
import { type Chat, type ChatPorts, createChat } from "@standin/core";
import type { AutoResponder, MessageRepository, StandInRepository, StandInSettings } from "@standin/core/ports";

/** Name, the cases that must fail, and what differs from a sound subject. */
export type StandInBreak = readonly [
  name: string,
  fails: readonly string[],
  change: (subject: StandInSubject) => Partial<StandInSubject>,
];

/** A chat over ports of which some are broken, anew in each process. */
export const withPorts =
  (change: (ports: ChatPorts) => Partial<ChatPorts>): StandInBreak[2] =>
  () => ({ createChat: (ports, policy) => createChat({ ...ports, ...change(ports) }, policy) });

export const withMessages = (change: (messages: MessageRepository) => Partial<MessageRepository>): StandInBreak[2] =>
  withPorts(({ messages }) => ({ messages: { ...messages, ...change(messages) } }));

export const withStandIns = (change: (standIns: StandInRepository) => Partial<StandInRepository>): StandInBreak[2] =>
  withPorts(({ standIns }) => ({ standIns: { ...standIns, ...change(standIns) } }));

/** A stand-in that takes some settings for others. */
export const withSettings = (change: (settings: StandInSettings) => Partial<StandInSettings>): StandInBreak[2] =>
  withStandIns((standIns) => ({
    async settings(owner) {
      const stored = await standIns.settings(owner);
      return { ...stored, settings: { ...stored.settings, ...change(stored.settings) } };
    },
  }));

export const withResponders = (change: (responder: AutoResponder) => AutoResponder["respond"]): StandInBreak[2] =>
  withPorts(({ responders = [] }) => ({
    responders: responders.map((responder) => ({ provider: responder.provider, respond: change(responder) })),
  }));

export const withChat =
  (change: (chat: Chat, ports: ChatPorts) => Partial<Chat>): StandInBreak[2] =>
  () => ({
    createChat: (ports, policy) => {
      const chat = createChat(ports, policy);
      return { ...chat, ...change(chat, ports) };
    },
  });

/** A model that tells otherwise what it was given. */
export const withModel =
  (create: () => StagedModel): StandInBreak[2] =>
  () => ({ model: create() });
