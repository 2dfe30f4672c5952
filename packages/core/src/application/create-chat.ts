import { createAnnouncements } from "./announcements.ts";
import { block, listBlocks, unblock } from "./blocks.ts";
import { changePassword } from "./change-password.ts";
import { changeStatus } from "./change-status.ts";
import type { Chat } from "./chat.ts";
import type { ChatPorts } from "./chat-ports.ts";
import type { Context } from "./context.ts";
import { rules } from "./limits.ts";
import { listUsers, me } from "./list-users.ts";
import { createOperator } from "./operator.ts";
import { type ChatPolicy, defaultPolicy } from "./policy.ts";
import { takeOne } from "./rate-limits.ts";
import { listConversations, markRead, readMessages, typing } from "./read-conversation.ts";
import { sendMessage } from "./send-message.ts";
import { authenticate } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";
import { createProviders } from "./stand-in/ask-providers.ts";
import { createGenerate } from "./stand-in/generate.ts";
import { createStandIn } from "./stand-in/stand-in.ts";
import { createStandInCalls } from "./stand-in-calls/create-stand-in-calls.ts";
import { createStatuses } from "./statuses.ts";
import { trackConnections } from "./track-connections.ts";

/**
 * The chat over its ports: the one object that every door drives.
 *
 * @example
 * ```ts
 * const chat = createChat({ ...createMemoryPorts(), hasher: createArgon2Hasher(), tokens: createJwtTokenService({ secret }) });
 * await chat.start();
 * ```
 */
export const createChat = (ports: ChatPorts, options: Partial<ChatPolicy> = {}): Chat => {
  const policy: ChatPolicy = { ...defaultPolicy, ...options };
  const nodeId = ports.ids.secret();
  const statuses = createStatuses(ports, policy);
  const generate = createGenerate(ports, policy, createProviders(ports, policy));
  const standIn = createStandIn(ports, policy, generate, nodeId);
  const announcements = createAnnouncements(ports.events);
  const context: Context = { ports, policy, nodeId, statuses, announcements, standIn, generate };
  const connections = trackConnections(context);

  return {
    signUp: (input, origin) => signUp(context, input, origin),
    signIn: (input, origin) => signIn(context, input, origin),
    authenticate: (token) => authenticate(ports, token),
    signOut: (caller, input) => signOut(context, caller, input),
    changePassword: (caller, input, origin) => changePassword(context, caller, input, origin),
    me: (caller) => me(context, caller),
    listUsers: (caller, input) => listUsers(context, caller, input),
    changeStatus: (caller, input) => changeStatus(context, caller, input),
    sendMessage: (caller, input, via) => sendMessage(context, caller, input, via),
    readMessages: (caller, input) => readMessages(context, caller, input),
    listConversations: (caller, input) => listConversations(context, caller, input),
    markRead: (caller, input, via) => markRead(context, caller, input, via),
    typing: (caller, input) => typing(context, caller, input),
    listBlocks: (caller) => listBlocks(context, caller),
    block: (caller, userId) => block(context, caller, userId),
    unblock: (caller, userId) => unblock(context, caller, userId),
    standIn: createStandInCalls(context),
    countCall: (caller) => takeOne(context, rules.calls, caller.userId),
    connections,
    subscribe: (listener) => ports.events.subscribe(listener),
    operator: createOperator(context),
    start: async () => {
      await standIn.start();
      connections.start();
    },
    drain: () => connections.drain(),
    stop: async () => {
      await Promise.all([standIn.stop(), connections.stop()]);
    },
    ping: () => ports.messages.ping(),
  };
};
