import type { Abortable } from "../abortable.ts";
import type { StatusChange } from "../chat-client.ts";
import { ClientError } from "../errors.ts";
import type { ConversationPage, MessagePage, ReadPosition, User, UserPage } from "../wire.ts";
import type { Http, HttpCall } from "./request.ts";

export interface MessagesQuery extends Abortable {
  readonly before?: number;
  readonly after?: number;
  readonly changedAfter?: number;
  readonly limit?: number;
}

/** Who calls. */
export interface Caller {
  readonly token: string;
  /** Aborted, with SIGNED_OUT, when the session is over: no answer to what it asked is of any use then. */
  readonly ended: AbortSignal;
  /** A request was refused as UNAUTHORIZED. */
  readonly onUnauthorized: () => void;
}

/** A call as somebody who is signed in; SIGNED_OUT when they are not any more. */
export type AuthorisedHttp = <Answer>(call: HttpCall) => Promise<Answer>;

export const authorised =
  (http: Http, { token, ended, onUnauthorized }: Caller): AuthorisedHttp =>
  async <Answer>(call: HttpCall): Promise<Answer> => {
    const signal = call.signal === undefined ? ended : AbortSignal.any([call.signal, ended]);
    try {
      const answer = await http<Answer>({ ...call, signal, token });
      ended.throwIfAborted();
      return answer;
    } catch (error) {
      ended.throwIfAborted();
      if (error instanceof ClientError && error.code === "UNAUTHORIZED") onUnauthorized();
      throw error;
    }
  };

/** One segment of a path. */
export const segment = (id: string): string => encodeURIComponent(id);

/** The calls of the API that need a session, but for the assistant's. */
export interface Calls {
  me(options?: Abortable): Promise<User>;
  signOut(options: Abortable & { readonly everywhere?: boolean }): Promise<unknown>;
  changePassword(body: object, options?: Abortable): Promise<unknown>;
  listUsers(query: Abortable & { q?: string; limit?: number; cursor?: string }): Promise<UserPage>;
  setStatus(change: StatusChange, options?: Abortable): Promise<unknown>;
  listBlocks(options?: Abortable): Promise<{ readonly blocks: readonly User[] }>;
  block(userId: string, options?: Abortable): Promise<unknown>;
  unblock(userId: string, options?: Abortable): Promise<unknown>;
  conversations(query: Abortable & { limit?: number; cursor?: string }): Promise<ConversationPage>;
  messages(peer: string, query: MessagesQuery): Promise<MessagePage>;
  markRead(peer: string, seq: number, options?: Abortable): Promise<ReadPosition>;
}

export const createCalls = (http: AuthorisedHttp): Calls => ({
  me: ({ signal } = {}) => http({ method: "GET", path: "/me", signal }),
  signOut: ({ everywhere = false, signal }) => http({ method: "POST", path: "/signout", body: { everywhere }, signal }),
  changePassword: (body, { signal } = {}) => http({ method: "POST", path: "/me/password", body, signal }),
  listUsers: ({ q, limit, cursor, signal }) =>
    http({ method: "GET", path: "/users", query: { q, limit, cursor }, signal }),
  setStatus: (body, { signal } = {}) => http({ method: "PATCH", path: "/user/update/status", body, signal }),
  listBlocks: ({ signal } = {}) => http({ method: "GET", path: "/blocks", signal }),
  block: (userId, { signal } = {}) => http({ method: "PUT", path: `/blocks/${segment(userId)}`, signal }),
  unblock: (userId, { signal } = {}) => http({ method: "DELETE", path: `/blocks/${segment(userId)}`, signal }),
  conversations: ({ limit, cursor, signal }) =>
    http({ method: "GET", path: "/conversations", query: { limit, cursor }, signal }),
  messages: (receiverId, { signal, ...query }) =>
    http({ method: "GET", path: "/messages", query: { receiverId, ...query }, signal }),
  markRead: (receiverId, seq, { signal } = {}) =>
    http({ method: "POST", path: "/messages/read", body: { receiverId, seq }, signal }),
});
