import {
  type Block,
  conversationOf,
  defaultSettings,
  emailKey,
  type Id,
  type Lease,
  type MessageDraft,
  type Session,
  type StandInAnswer,
  type StandInJobDraft,
  type StandInRequest,
  type StandInSettings,
  type Suggestion,
  type User,
  usernameKey,
} from "@standin/core/ports";

/** The instant around which drafts lie, in milliseconds since the epoch. Whole seconds. */
export const noon: number = Date.UTC(2026, 0, 15, 12);

/** An id that no draft ever gets. */
export const nobody: Id = "0".repeat(24);

/** Makes what cases store: valid, each unlike the others, the same on every run. */
export interface Drafts {
  /** 24 hexadecimal digits, each greater than all before. */
  id(): Id;
  user(fields?: Partial<User>): User;
  /** From a person to another. `at` jumps forth and back, so that whoever orders by time fails. */
  message(from: Id, to: Id, fields?: Partial<MessageDraft>): MessageDraft;
  /** What the stand-in of `owner` says to `writer`. */
  standInMessage(owner: Id, writer: Id, fields?: Partial<MessageDraft>): MessageDraft;
  /** Pending, due at {@link noon}. */
  job(owner: Id, fields?: Partial<StandInJobDraft>): StandInJobDraft;
  answer(fields?: Partial<StandInAnswer>): StandInAnswer;
  settings(fields?: Partial<StandInSettings>): StandInSettings;
  /** What `writer` asks of `owner`'s stand-in: `message-only` in period 1. */
  request(owner: Id, writer: Id, fields?: Partial<StandInRequest>): StandInRequest;
  /** An open draft by a model, of period 1. */
  suggestion(owner: Id, peer: Id, fields?: Partial<Suggestion>): Suggestion;
  session(userId: Id, fields?: Partial<Session>): Session;
  block(owner: Id, blocked: Id, fields?: Partial<Block>): Block;
  /** Good until {@link noon}. */
  lease(userId: Id, fields?: Partial<Lease>): Lease;
}

export const createDrafts = (): Drafts => {
  let made = 0;
  const next = (): number => {
    made += 1;
    return made;
  };
  const id = (): Id => `69${next().toString(16).padStart(22, "0")}`;
  /** Seconds within an hour of noon, in an order that has nothing to do with the order of calls. */
  const someTime = (): number => noon + ((next() * 2_654_435_761) % 3_600) * 1_000;

  const message = (from: Id, to: Id, fields: Partial<MessageDraft> = {}): MessageDraft => ({
    id: id(),
    conversation: conversationOf(from, to),
    sender: from,
    recipient: to,
    content: `Message ${made}`,
    at: someTime(),
    origin: "person",
    clientMsgId: null,
    period: null,
    blocked: false,
    messageOnly: false,
    inReplyTo: null,
    generator: null,
    notice: false,
    label: null,
    verdict: null,
    previousContent: null,
    ...fields,
  });

  return {
    id,
    message,

    user(fields: Partial<User> = {}): User {
      const number = next();
      const email = fields.email ?? `Person.${number}@Example.com`;
      const username = fields.username ?? `Person ${number}`;
      return {
        id: id(),
        email,
        emailKey: emailKey(email),
        username,
        usernameKey: usernameKey(username),
        passwordHash: `$scrypt$${number}`,
        declared: { word: "none" },
        period: 0,
        lastBusy: null,
        published: { status: "AVAILABLE", prevstatus: "AVAILABLE", busyUntil: null, busyNote: null },
        version: 1,
        createdAt: someTime(),
        ...fields,
      };
    },

    standInMessage(owner: Id, writer: Id, fields: Partial<MessageDraft> = {}): MessageDraft {
      return message(owner, writer, {
        origin: "standin",
        period: 1,
        generator: { provider: "gemini", model: "gemini-pro-latest" },
        label: "Ada's assistant",
        verdict: "unconfirmed",
        ...fields,
      });
    },

    job(owner: Id, fields: Partial<StandInJobDraft> = {}): StandInJobDraft {
      return { owner, period: 1, wakeAt: noon, decision: null, ...fields };
    },

    answer(fields: Partial<StandInAnswer> = {}): StandInAnswer {
      return {
        id: id(),
        content: `Ada's assistant: answer ${made}`,
        at: someTime(),
        label: "Ada's assistant",
        generator: { provider: "gemini", model: "gemini-pro-latest" },
        notice: false,
        decision: "answered",
        detail: null,
        ...fields,
      };
    },

    settings(fields: Partial<StandInSettings> = {}): StandInSettings {
      return { ...defaultSettings, people: new Map(), facts: { ...defaultSettings.facts, links: [] }, ...fields };
    },

    request(owner: Id, writer: Id, fields: Partial<StandInRequest> = {}): StandInRequest {
      return { kind: "message-only", owner, writer, period: 1, at: someTime(), ...fields };
    },

    suggestion(owner: Id, peer: Id, fields: Partial<Suggestion> = {}): Suggestion {
      return {
        id: id(),
        owner,
        peer,
        conversation: conversationOf(owner, peer),
        inReplyTo: id(),
        text: `Draft ${made}`,
        generator: { provider: "gemini", model: "gemini-pro-latest" },
        notice: false,
        period: 1,
        at: someTime(),
        state: "open",
        ...fields,
      };
    },

    session(userId: Id, fields: Partial<Session> = {}): Session {
      return { id: `session-${next()}`, userId, createdAt: noon, expiresAt: noon + 3_600_000, ...fields };
    },

    block(owner: Id, blocked: Id, fields: Partial<Block> = {}): Block {
      return { owner, blocked, at: someTime(), ownerReadSeq: 0, blockedReadSeq: 0, ...fields };
    },

    lease(userId: Id, fields: Partial<Lease> = {}): Lease {
      return { userId, connectionId: `connection-${next()}`, nodeId: "node-1", expiresAt: noon, ...fields };
    },
  };
};
