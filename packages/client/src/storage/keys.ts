/** Who is signed in on this device. */
export const sessionKey = "session";

/** The keys of what is kept of one person. */
export interface PersonKeys {
  readonly all: string;
  /** Stands for as long as anything may be kept of this person; its value is what holds for all conversations. */
  readonly marker: string;
  /** How far the server's clock is ahead of the device's. */
  readonly clock: string;
  /** The newest answers of some of the server's paths. */
  readonly seen: string;
  readonly outbox: string;
  readonly conversations: string;
  readonly messages: string;
  seenOf(name: string): string;
  entry(id: string): string;
  conversation(peer: string): string;
  messagesOf(peer: string): string;
  message(peer: string, seq: number): string;
}

export const personKeys = (userId: string): PersonKeys => {
  const all = `user/${userId}/`;
  const keys = {
    all,
    marker: `${all}marker`,
    clock: `${all}clock`,
    seen: `${all}seen/`,
    outbox: `${all}outbox/`,
    conversations: `${all}conversation/`,
  };
  const messages = `${all}message/`;
  const messagesOf = (peer: string): string => `${messages}${peer}/`;
  return {
    ...keys,
    messages,
    messagesOf,
    seenOf: (name) => `${keys.seen}${name}`,
    entry: (id) => `${keys.outbox}${id}`,
    conversation: (peer) => `${keys.conversations}${peer}`,
    // Wide enough that keys are ordered as the numbers are.
    message: (peer, seq) => `${messagesOf(peer)}${String(seq).padStart(16, "0")}`,
  };
};
