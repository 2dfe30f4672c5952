import {
  type ChatEvent,
  declarationAt,
  deletedUsername,
  differs,
  type Id,
  lastBusyAfter,
  type StatusView,
  type User,
  type UserView,
  viewStatus,
} from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { ChatPorts } from "./chat-ports.ts";
import type { ChatPolicy } from "./policy.ts";

/** Most tries of a compare-and-set before the store is called unavailable: each loss means that somebody else made progress. */
const maxTries = 50;
/** Most people who are told of a change where only conversation partners are. */
const maxAudience = 1_000;

/** What may be changed of a user's record in one step. */
type UserChange = Partial<Pick<User, "declared" | "period" | "passwordHash" | "username">>;

/** Reads what people's statuses are, and writes and announces their changes, each once. */
export interface Statuses {
  /** The users as `viewer` sees them, in the same order; presence is read once for all. */
  view(users: readonly User[], viewer: Id): Promise<readonly UserView[]>;
  /** A user who is no more, whose messages remain. */
  deleted(id: Id): UserView;
  /**
   * Changes a user's record, publishes the status that follows, and tells everybody if it differs from what they were last told.
   * `change` may run more than once, each time on the newest record. null: the user is gone.
   */
  change(
    id: Id,
    change: (user: User, now: number) => UserChange,
  ): Promise<{ readonly before: User; readonly after: User; readonly view: UserView } | null>;
  /** The same without a change: time or a connection may have made the derived status another one. */
  refresh(id: Id): Promise<void>;
}

export const createStatuses = (
  ports: Pick<ChatPorts, "users" | "presence" | "messages" | "events" | "clock">,
  policy: Pick<ChatPolicy, "directoryEmails" | "presenceAudience">,
): Statuses => {
  const { users, presence, clock } = ports;

  const shown = (user: User, status: StatusView, viewer: Id): UserView => ({
    id: user.id,
    username: user.username,
    email: user.id === viewer || policy.directoryEmails === "shown" ? user.email : null,
    ...status,
  });

  const announce = async (user: User, status: StatusView): Promise<void> => {
    const audience =
      policy.presenceAudience === "everyone" ? "everyone" : await ports.messages.peers(user.id, maxAudience);
    const event: ChatEvent = {
      type: "status-changed",
      user: { id: user.id, username: user.username, email: null, ...status },
      audience,
    };
    ports.events.publish(event);
  };

  const change: Statuses["change"] = async (id, decide) => {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const before = await users.find(id);
      if (before === null) return null;
      const connected = (await presence.connected([id], clock.now())).has(id);
      const now = clock.now();
      const wanted = decide(before, now);
      const changed: User = { ...before, ...wanted };
      const status = viewStatus(changed.declared, before.published, connected, now);
      const news = differs(status, before.published);
      if (!news && Object.keys(wanted).length === 0) return { before, after: before, view: shown(before, status, id) };
      const { busyUntil, busyNote, prevstatus } = status;
      // An end that was seen is written down, so that a clock that goes back does not bring BUSY back.
      const declared = declarationAt(changed.declared, now);
      const after = await users.compareAndSet({
        ...changed,
        declared,
        lastBusy: lastBusyAfter(before.lastBusy, before.declared, declared, now),
        published: { status: status.status, prevstatus, busyUntil, busyNote },
      });
      if (after === null) continue;
      if (news) await announce(after, status);
      return { before, after, view: shown(after, status, id) };
    }
    throw new ChatError("UNAVAILABLE");
  };

  return {
    view: async (list, viewer) => {
      const now = clock.now();
      const ids = list.map(({ id }) => id);
      const connected = await presence.connected(ids, now);
      return list.map((user) =>
        shown(user, viewStatus(user.declared, user.published, connected.has(user.id), now), viewer),
      );
    },
    deleted: (id) => ({
      id,
      username: deletedUsername,
      email: null,
      status: "AVAILABLE",
      prevstatus: "AVAILABLE",
      busySince: null,
      busyUntil: null,
      busyNote: null,
      connected: false,
    }),
    change,
    refresh: async (id) => {
      await change(id, () => ({}));
    },
  };
};
