import { declarationAt, emailKey, type Id, type User } from "../domain/index.ts";
import { ChatError, isChatError } from "../errors/chat-error.ts";
import type { RateRule } from "../ports/index.ts";
import type { CallOrigin, SignedIn, SignInInput } from "./chat.ts";
import type { Context } from "./context.ts";
import { invalid, isPasswordSize } from "./input-rules.ts";
import { rules, sizes } from "./limits.ts";
import { takeAll } from "./rate-limits.ts";
import { openSession } from "./sessions.ts";

/** How long a sign-in counts as a connection while the first socket is on its way, in milliseconds (status.md: 60 s). */
const bridgeMs = 60_000;

/** The id of the one lease that bridges a user's sign-in and first socket. */
export const bridgeOf = (userId: Id): string => `sign-in:${userId}`;

/** Counts as a connection until the first socket comes, unless one is there already. */
const bridge = async ({ ports, nodeId }: Context, userId: Id): Promise<void> => {
  const now = ports.clock.now();
  const connectionId = bridgeOf(userId);
  const leases = await ports.presence.leasesOf(userId, now);
  if (leases.some((lease) => lease.connectionId !== connectionId)) return;
  await ports.presence.put([{ userId, connectionId, nodeId, expiresAt: now + bridgeMs }]);
};

/**
 * Is this the account's password? The same work and the same refusal whether the account exists or not. A wrong one counts in the limits,
 * which are asked before anything is hashed, so that racing guesses get no further than slow ones.
 */
export const checkPassword = async (
  context: Context,
  account: string,
  user: User | null,
  password: string,
  origin: CallOrigin,
): Promise<boolean> => {
  const { hasher, sessions } = context.ports;
  const wanted: (readonly [RateRule, string])[] = [
    [rules.signInAccountAddress, `${origin.address} ${account}`],
    [rules.signInAddress, origin.address],
  ];
  const known = user !== null && (await sessions.knowsAddress(user.id, origin.address));
  if (!known) wanted.push([rules.signInAccount, account]);
  const giveBack = await takeAll(context, wanted);
  try {
    const fits = isPasswordSize(password);
    const right = await hasher.verify(fits ? (user?.passwordHash ?? null) : null, fits ? password : "");
    if (right) await giveBack();
    return right;
  } catch (error) {
    // Not an attempt: the hasher was full.
    if (isChatError(error)) await giveBack();
    throw error;
  }
};

export const signIn = async (context: Context, input: SignInInput, origin: CallOrigin): Promise<SignedIn> => {
  const { ports, policy, statuses, standIn } = context;
  if (typeof input.email !== "string" || typeof input.password !== "string") {
    throw invalid({ path: typeof input.email === "string" ? "password" : "email", message: "Invalid credentials" });
  }
  const account = emailKey(input.email.trim()).slice(0, sizes.email + 1);
  const user = await ports.users.findByEmail(account);
  if (!(await checkPassword(context, account, user, input.password, origin)) || user === null)
    throw new ChatError("INVALID_CREDENTIALS");

  const token = await openSession(context, user);
  await ports.sessions.rememberAddress(user.id, origin.address, ports.clock.now());
  await bridge(context, user.id);
  const changed = await statuses.change(user.id, ({ declared }, now) => {
    const { word } = declarationAt(declared, now);
    const clears = word === "AVAILABLE" || (word === "BUSY" && policy.signInEndsBusy);
    return clears ? { declared: { word: "none" } } : {};
  });
  if (changed === null) throw new ChatError("INVALID_CREDENTIALS");
  if (policy.signInEndsBusy) await standIn.ownerLeft(user.id);
  return { token, user: changed.view };
};
