import type { UserView } from "../domain/index.ts";
import { usernameKey } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller, ListUsersInput, UserList } from "./chat.ts";
import type { Context } from "./context.ts";
import { readLimit, readQuery } from "./input-rules.ts";
import { sizes } from "./limits.ts";

export const me = async ({ ports, statuses }: Context, caller: Caller): Promise<UserView> => {
  const user = await ports.users.find(caller.userId);
  const [view] = user === null ? [] : await statuses.view([user], user.id);
  if (view === undefined) throw new ChatError("UNAUTHORIZED");
  return view;
};

/** Everybody but the caller, or those whose name begins with `q`. */
export const listUsers = async (
  { ports, policy, statuses }: Context,
  caller: Caller,
  input: ListUsersInput,
): Promise<UserList> => {
  const limit = readLimit(input.limit, sizes.pageMax);
  const query = readQuery(input.q);
  const { users, nextCursor } = await ports.users.list({
    except: caller.userId,
    limit,
    cursor: input.cursor ?? null,
    prefix: query === null ? null : usernameKey(query),
    inEmails: policy.directoryEmails === "shown",
  });
  return { users: await statuses.view(users, caller.userId), nextCursor };
};
