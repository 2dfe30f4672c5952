import type { ChatClient } from "./chat-client.ts";
import { createServerClock } from "./clock.ts";
import { insist } from "./connection/insist.ts";
import { abortable } from "./connection/wait.ts";
import { createEmitter } from "./emitter.ts";
import { ClientError, localError } from "./errors.ts";
import type { AuthorisedHttp, Calls } from "./http/calls.ts";
import { createRemember } from "./http/remember.ts";
import { createHttp } from "./http/request.ts";
import { createStandIn } from "./http/stand-in-calls.ts";
import { type ChatClientOptions, defaultTiming } from "./options.ts";
import { createSession, type Session } from "./session.ts";
import { personKeys, sessionKey } from "./storage/keys.ts";
import { memoryStorage } from "./storage/memory-storage.ts";
import { patientStorage } from "./storage/patient-storage.ts";
import type { User } from "./wire.ts";

const defaultKeepMessages = 200;
const defaultCatchUpMessages = 10_000;

/** What the device keeps of who is signed in. */
interface KeptSession {
  readonly token: string;
  readonly user: User;
}

const ownOrigin = (): string => {
  if (typeof location === "undefined") throw new TypeError("createChatClient: url is required outside of a browser");
  return location.origin;
};

/**
 * A client of the chat server at `url`. It does nothing until somebody signs in or {@link ChatClient.resume} is called.
 *
 * @example
 * const client = createChatClient({ url: "https://chat.example.org" });
 * await client.signIn({ email: "ada@example.org", password: "correct horse" });
 * client.on("message", ({ message }) => console.log(message.content));
 * await client.conversation(bob.id).send("Are you there?");
 */
export const createChatClient = (options: ChatClientOptions = {}): ChatClient => {
  const url = (options.url ?? ownOrigin()).replace(/\/+$/, "");
  const timing = { ...defaultTiming, ...options.timing };
  const storage = patientStorage(options.storage ?? memoryStorage(), timing.storageMs);
  const emitter = createEmitter();
  const clock = createServerClock();
  const http = createHttp({
    url,
    fetch: options.fetch ?? ((...call) => fetch(...call)),
    requestMs: timing.requestMs,
    onDate: clock.heard,
  });
  let session: Session | null = null;

  const signedIn = (): Session => {
    if (session === null) throw localError("SIGNED_OUT");
    return session;
  };

  /** Calls of whoever is signed in at that moment. */
  const calls = (): Calls => signedIn().calls;
  const authorisedHttp: AuthorisedHttp = async (call) => signedIn().http(call);
  const remember = createRemember(() => session?.seen);

  /** What the device cannot do it says, and all goes on. */
  const survive = async <Value>(work: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await work;
    } catch (error) {
      emitter.emit("storageFailed", { error });
      return undefined;
    }
  };

  /** Grows with each sign-in and sign-out: the last one counts. */
  let turn = 0;
  /** Sessions change one after the other. */
  let changing: Promise<unknown> = Promise.resolve();
  const exclusively = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = changing.then(work, work);
    changing = done.catch(() => {});
    return done;
  };

  const begin = async ({ token, user }: KeptSession): Promise<User> => {
    const before = session;
    session = null;
    await before?.stop();
    const begun: Session = createSession({
      token,
      user,
      url,
      socketPath: options.socketPath ?? "/socket.io",
      timing,
      keepMessages: options.keepMessages ?? defaultKeepMessages,
      catchUpMessages: options.catchUpMessages ?? defaultCatchUpMessages,
      storage,
      http,
      clock,
      emitter,
      onUnauthorized: () => void revoked(token),
    });
    session = begun;
    await begun.restore();
    begun.start();
    return begun.me();
  };

  /** Nobody else has it, so that nobody could end it. */
  const abandon = (token: string): void => void revoke(token, false, undefined);

  /** Signs in with a session that is had by `ask`, unless somebody else signs in or out meanwhile. */
  const signIn = async (
    ask: () => Promise<KeptSession>,
    onReplaced: (token: string) => void = abandon,
  ): Promise<User> => {
    turn += 1;
    const mine = turn;
    const kept = await ask();
    return exclusively(async () => {
      if (mine === turn) {
        const { marker } = personKeys(kept.user.id);
        const has = await survive(storage.read(marker));
        const put = new Map<string, unknown>([[sessionKey, kept]]);
        if (has === undefined) put.set(marker, { epoch: null });
        await survive(storage.write({ put }));
        const user = await begin(kept);
        if (session?.token === kept.token) return user;
      }
      onReplaced(kept.token);
      throw localError("REPLACED");
    });
  };

  const end = async (ended: Session, reason: "requested" | "revoked"): Promise<void> => {
    if (session !== ended) return;
    session = null;
    await ended.stop();
    // Another tab may have signed in anew meanwhile.
    const kept = (await survive(storage.read(sessionKey))) as KeptSession | undefined;
    if (kept?.token === ended.token) await survive(storage.write({ remove: [sessionKey] }));
    emitter.emit("signedOut", { reason });
  };

  /** The session that its person is ending: that the server takes its token no more is nothing to tell. */
  let leaving: Session | null = null;

  const revoked = async (token: string): Promise<void> => {
    if (session?.token === token && session !== leaving) await end(session, "revoked");
  };

  /** Resolves with whether the server takes the token no more. */
  const revoke = async (token: string, everywhere: boolean, signal: AbortSignal | undefined): Promise<boolean> => {
    try {
      await http({ method: "POST", path: "/signout", body: { everywhere }, token, signal });
      return true;
    } catch (error) {
      signal?.throwIfAborted();
      const isOver = error instanceof ClientError && error.code === "UNAUTHORIZED";
      if (everywhere && !isOver) throw error;
      return isOver;
    }
  };

  return {
    signUp: (account, { signal } = {}) =>
      signIn(async () => {
        const { token } = await http<{ token: string }>({ method: "POST", path: "/signup", body: account, signal });
        // The account exists from here on, and its owner could not know it from a failure.
        const soon = AbortSignal.timeout(timing.requestMs);
        const during = signal === undefined ? soon : AbortSignal.any([signal, soon]);
        const ask = (): Promise<User> => http({ method: "GET", path: "/me", token, signal: during });
        const user = await insist(ask, during, timing).catch((error: unknown) => {
          throw soon.aborted ? localError("TIMEOUT", error) : error;
        });
        return { token, user };
      }),
    signIn: (account, { signal } = {}) =>
      signIn(async () => {
        const answer = await http<User & { token: string }>({ method: "POST", path: "/signin", body: account, signal });
        const { token, ...user } = answer;
        return { token, user };
      }),
    resume: () =>
      exclusively(async () => {
        if (session !== null) return session.me();
        const kept = (await survive(storage.read(sessionKey))) as KeptSession | undefined;
        if (kept === undefined) return null;
        const user = await begin(kept);
        return session === null ? null : user;
      }),
    useToken: (token, { signal } = {}) =>
      signIn(
        async () => ({ token, user: await http<User>({ method: "GET", path: "/me", token, signal }) }),
        () => {},
      ),
    signOut: async ({ everywhere = false, keepData = false, signal } = {}) => {
      const ended = signedIn();
      leaving = ended;
      turn += 1;
      try {
        const revoked = await revoke(ended.token, everywhere, signal);
        if (!keepData) await survive(ended.forget());
        await end(ended, "requested");
        return { revoked };
      } finally {
        leaving = null;
      }
    },
    changePassword: async (passwords, { signal } = {}) => {
      await calls().changePassword(passwords, signal === undefined ? {} : { signal });
    },

    get me() {
      return session?.me() ?? null;
    },
    get connection() {
      return session?.state ?? "offline";
    },
    get keepsData() {
      return storage.isWorking;
    },
    now: clock.now,
    synced: async ({ signal } = {}) => {
      const { isSynced, ended } = signedIn();
      if (isSynced) return;
      let stop = (): void => {};
      const synced = new Promise<void>((resolve) => {
        stop = emitter.on("synced", () => resolve());
      });
      await abortable(abortable(synced, ended), signal).finally(() => stop());
    },
    setStatus: async (change, { signal } = {}) => {
      // The documented path knows two of the three words.
      if (change.status === "ONLINE") await abortable(signedIn().connection.ask("userStatusUpdate", change), signal);
      else await calls().setStatus(change, signal === undefined ? {} : { signal });
    },

    listUsers: async ({ signal, ...query } = {}) => {
      const asking = signedIn();
      const asOf = asking.now();
      asking.watchUsers();
      const page = await calls().listUsers({ ...query, ...(signal !== undefined && { signal }) });
      asking.learn(page.users, asOf);
      return page;
    },
    user: (id) => session?.user(id),
    listBlocks: (call) => remember("blocks", async () => (await calls().listBlocks(call)).blocks),
    block: async (userId, call) => {
      await calls().block(userId, call);
    },
    unblock: async (userId, call) => {
      await calls().unblock(userId, call);
    },

    conversations: () => session?.conversations() ?? [],
    conversation: (peer) => signedIn().conversation(peer),

    outbox: () => session?.outbox.all() ?? [],
    unsent: () => session?.outbox.all().filter(({ state }) => state !== "sent").length ?? 0,
    retry: (entryId) => session?.outbox.retry(entryId),
    discard: (entryId) => session?.outbox.discard(entryId),
    flush: async () => (await session?.flush()) ?? false,

    standin: createStandIn(authorisedHttp, remember),

    lastSeen: async (name) => (await session?.seen.read(name)) ?? null,

    on: emitter.on,
    reconnect: () => session?.connection.reconnect(),
    forgetDevice: async () => {
      const forgetting = signedIn();
      await forgetting.forget();
      const kept = (await storage.read(sessionKey)) as KeptSession | undefined;
      if (kept?.token === forgetting.token) await storage.write({ remove: [sessionKey] });
    },
    close: async () => {
      const closing = session;
      turn += 1;
      session = null;
      await closing?.stop();
    },
  };
};
