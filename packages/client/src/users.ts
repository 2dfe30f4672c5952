import type { Emitter } from "./emitter.ts";
import type { User } from "./wire.ts";

/** The people known here. */
export interface Users {
  get(id: string): User | undefined;
  /** A moment, to be taken before something is asked of which {@link Users.learn} will hear. */
  now(): number;
  /**
   * Somebody as the server tells of them, whole but for the e-mail address, which some of its answers leave out. `asOf`: the moment
   * when it was asked; what was learnt after that is not taken back. Default: now.
   */
  learn(user: User, asOf?: number): void;
}

const fields = [
  "username",
  "email",
  "status",
  "prevstatus",
  "connected",
  "busySince",
  "busyUntil",
  "busyNote",
] as const;

/** `onChange` comes before listeners are told. */
export const createUsers = (emitter: Emitter, onChange: (user: User) => void): Users => {
  const users = new Map<string, { readonly user: User; readonly learntAt: number }>();
  let moment = 0;
  return {
    get: (id) => users.get(id)?.user,
    now: () => moment,
    learn: (told, asOf) => {
      const before = users.get(told.id);
      if (before !== undefined && before.learntAt > (asOf ?? moment)) return;
      moment += asOf === undefined ? 1 : 0;
      const user: User = { ...before?.user, ...told };
      users.set(user.id, { user, learntAt: asOf ?? moment });
      if (before !== undefined && fields.every((field) => before.user[field] === user[field])) return;
      onChange(user);
      emitter.emit("user", { user });
    },
  };
};
