import { emailKey, type User } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Operator } from "./chat.ts";
import type { Context } from "./context.ts";
import { endSessions } from "./sessions.ts";

/** What an operator may do to accounts and to the store, also while a server runs on the same store. */
export const createOperator = ({ ports, statuses }: Context): Operator => {
  const userOf = async (email: string): Promise<User> => {
    const user = await ports.users.findByEmail(emailKey(email.trim()));
    if (user === null) throw new ChatError("NOT_FOUND", { message: "No user has this e-mail address" });
    return user;
  };
  return {
    resetPassword: async (email) => {
      const user = await userOf(email);
      const password = ports.ids.secret();
      const passwordHash = await ports.hasher.hash(password);
      await statuses.change(user.id, () => ({ passwordHash }));
      await endSessions(ports, user.id, { allBut: null });
      return password;
    },
    deleteUser: async (email) => {
      const { id } = await userOf(email);
      await endSessions(ports, id, { allBut: null });
      await ports.messages.dropJobs({ owner: id }, "owner-returned");
      await ports.relations.forgetUser(id);
      await ports.standIns.forgetUser(id);
      await ports.sessions.forgetUser(id);
      // Last, so that a deletion that was cut short can be repeated.
      await ports.users.delete(id);
    },
    newEpoch: () => ports.messages.newEpoch(),
  };
};
