import type { ServerClock } from "./clock.ts";
import { Connection } from "./connection/connection.ts";
import { insist } from "./connection/insist.ts";
import { abortable } from "./connection/wait.ts";
import type { Conversation, ConversationSummary } from "./conversations/conversation.ts";
import { ConversationStore } from "./conversations/conversation-store.ts";
import { type ConversationParts, createConversation, summaryOf } from "./conversations/create-conversation.ts";
import { createHistory } from "./conversations/history.ts";
import { createReads } from "./conversations/reads.ts";
import { Sync } from "./conversations/sync.ts";
import type { Emitter } from "./emitter.ts";
import { localError } from "./errors.ts";
import type { ConnectionState } from "./events.ts";
import { type AuthorisedHttp, authorised, type Calls, createCalls } from "./http/calls.ts";
import type { Http } from "./http/request.ts";
import type { Timing } from "./options.ts";
import { Outbox } from "./outbox/outbox.ts";
import { createLastSeen, type LastSeen } from "./seen/last-seen.ts";
import { createKeeper } from "./storage/keeper.ts";
import { personKeys } from "./storage/keys.ts";
import type { ClientStorage } from "./storage/storage.ts";
import { createUsers } from "./users.ts";
import type { ConversationPage, ServerToClientEvents, User } from "./wire.ts";

export interface SessionOptions {
  readonly token: string;
  readonly user: User;
  readonly url: string;
  readonly socketPath: string;
  readonly timing: Timing;
  readonly keepMessages: number;
  readonly catchUpMessages: number;
  readonly storage: ClientStorage;
  readonly http: Http;
  readonly clock: ServerClock;
  readonly emitter: Emitter;
  /** The server takes the token no more. */
  readonly onUnauthorized: () => void;
}

/** Everything that belongs to one person's being signed in, from the first to the last moment of it. */
export interface Session {
  readonly token: string;
  me(): User;
  readonly state: ConnectionState;
  readonly isSynced: boolean;
  readonly http: AuthorisedHttp;
  readonly calls: Calls;
  /** Aborted when it is over, with SIGNED_OUT. */
  readonly ended: AbortSignal;
  readonly outbox: Outbox;
  readonly connection: Connection;
  readonly seen: LastSeen;
  user(id: string): User | undefined;
  /** People as the server tells of them in answer to a question of the app's; asked at the moment `asOf`. */
  learn(users: readonly User[], asOf: number): void;
  now(): number;
  conversations(): readonly ConversationSummary[];
  conversation(peer: string): Conversation;
  /** The app shows the list of people: it is read again whenever pushes may have been missed. */
  watchUsers(): void;
  /** Takes up what the device keeps. */
  restore(): Promise<void>;
  /** Resolves once everything up to now is on the device, with whether it is. Never rejects. */
  flush(): Promise<boolean>;
  /** Connects. */
  start(): void;
  /** Ends it here; resolves once what the device is to keep is written. */
  stop(): Promise<void>;
  /** Removes what the device keeps of this person; from now on nothing of them is kept. */
  forget(): Promise<void>;
}

/** The most that the server gives in one page. */
const pageSize = 1_000;
/** Among so many newest conversations is whoever wrote just now. */
const newestConversations = 50;

export const createSession = (options: SessionOptions): Session => {
  const { token, timing, keepMessages, catchUpMessages, storage, clock, onUnauthorized, emitter } = options;
  const myId = options.user.id;
  const keys = personKeys(myId);
  const over = new AbortController();
  const http = authorised(options.http, { token, ended: over.signal, onUnauthorized });
  const calls = createCalls(http);
  const keeper = createKeeper(storage, keys.marker, (error) => emitter.emit("storageFailed", { error }));
  const seen = createLastSeen(keeper, keys, clock.now);
  const handles = new Map<string, Conversation>();
  const summaries = new Map<string, () => ConversationSummary>();
  let connectionState: ConnectionState = "offline";
  let signal: AbortSignal | null = null;
  let watchesUsers = false;
  let isStopped = false;
  let list: { readonly version: number; readonly summaries: readonly ConversationSummary[] } | null = null;
  const beginners = new Set<() => void>();

  const users = createUsers(emitter, (user) => {
    const state = store.find(user.id);
    if (state === undefined) return;
    state.user = user;
    store.touch(state);
  });
  const store: ConversationStore = new ConversationStore({
    me: myId,
    users,
    emitter,
    keeper,
    keys,
    keepMessages,
    onStored: (message) => outbox.stored(message),
    onAfresh: () => {
      seen.forget();
      outbox.afresh();
    },
    onStranger: () => meet(),
  });
  users.learn(options.user, 0);

  const outbox: Outbox = new Outbox({
    emitter,
    keeper,
    keys,
    timing,
    now: clock.now,
    isOnline: () => connection.isOnline,
    transmit: async ({ id, to, content }) =>
      (await connection.ask("sendMessage", { to, message: content, clientMsgId: id })).sent,
    onSent: (message) => sync.receive(() => sync.takeMessage(message)),
    lookUp: (peer) => sync.catchUp(peer),
    onSilence: () => connection.suspect(),
    onChange: (peer) => store.touch(store.state(peer)),
  });

  const history = createHistory({ store, calls, onMisfit: () => sync.misfit() });
  const reads = createReads({ me: myId, store, calls, timing, signal: () => signal });

  const readList = async (during: AbortSignal): Promise<ConversationPage> => {
    const pages: ConversationPage[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: pageSize, signal: during, ...(cursor != null && { cursor }) };
      const page = await insist(() => calls.conversations(query), during, timing);
      // The store was exchanged between two pages.
      if (pages.some(({ epoch }) => epoch !== page.epoch)) throw localError("UNEXPECTED");
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== null);
    // Who writes meanwhile moves up in the list, and may be met twice.
    const met = new Set<string>();
    const conversations = pages
      .flatMap((page) => page.conversations)
      .filter(({ user }) => !met.has(user.id) && met.add(user.id));
    return { conversations, epoch: pages[0]?.epoch ?? "", nextCursor: null };
  };

  const refreshOthers = async (during: AbortSignal): Promise<void> => {
    const asOf = users.now();
    users.learn(await calls.me({ signal: during }), asOf);
    if (!watchesUsers) return;
    for (const user of (await calls.listUsers({ signal: during })).users) users.learn(user, asOf);
  };

  let isMeeting = false;
  let meetsAgain = false;
  /** Learns who has just written: whoever it is stands at the top of the list. */
  const meet = (): void => {
    const during = signal;
    meetsAgain = isMeeting;
    if (isMeeting || during === null) return;
    isMeeting = true;
    const asOf = users.now();
    insist(() => calls.conversations({ limit: newestConversations, signal: during }), during, timing)
      .then(({ conversations }) => {
        for (const { user } of conversations) users.learn(user, asOf);
      })
      // Without a connection: the next one begins with the list.
      .catch(() => {})
      .finally(() => {
        isMeeting = false;
        if (meetsAgain) meet();
      });
  };

  const sync: Sync = new Sync({
    store,
    users,
    calls,
    history,
    timing,
    catchUpMessages,
    keepMessages,
    readList,
    refreshOthers,
    onBegun: () => {
      for (const tell of beginners) tell();
      beginners.clear();
    },
    onSynced: () => {
      connection.proved();
      keeper.put(keys.clock, clock.ahead());
      outbox.caughtUp((message) => (store.find(store.peerOf(message))?.window.last ?? 0) >= message.seq);
      reads.flush();
      emitter.emit("synced", {});
    },
  });

  /** What the server pushes. What changes conversations waits its turn. */
  const onPush: { readonly [Name in keyof ServerToClientEvents]: ServerToClientEvents[Name] } = {
    incomingMessage: ({ from: _, ...message }) => sync.receive(() => sync.takeMessage(message)),
    messageSent: (message) => sync.receive(() => sync.takeMessage(message)),
    messageUpdated: (message) => sync.receive(() => sync.takeChange(message)),
    messagesRead: (read) => sync.receive(() => reads.take(read)),
    userStatusUpdated: ({ userId, ...rest }) => users.learn({ id: userId, ...rest }),
    typing: ({ from }) => emitter.emit("typing", { peer: from }),
    standinTyping: (typing) => emitter.emit("standinTyping", typing),
    standinSuggestion: (suggestion) => emitter.emit("standinSuggestion", suggestion),
    standinUrgent: (urgent) => emitter.emit("standinUrgent", urgent),
    resync: () => sync.refresh(),
    draining: () => {},
  };

  const connection: Connection = new Connection({
    url: options.url,
    socketPath: options.socketPath,
    token,
    timing,
    onState: (state) => {
      connectionState = state;
      emitter.emit("connection", { state });
    },
    onConnect: (during) => {
      signal = during;
      during.addEventListener("abort", () => {
        if (signal === during) signal = null;
      });
      sync.connected(during);
      outbox.pump();
      // What other tabs left behind, too.
      void outbox.restore();
    },
    onEvent: (event, payload) => {
      if (Object.hasOwn(onPush, event)) (onPush as Record<string, (payload: unknown) => void>)[event]?.(payload);
    },
    onUnauthorized,
  });

  const begun = (): Promise<void> =>
    store.epoch !== null ? Promise.resolve() : abortable(new Promise((resolve) => beginners.add(resolve)), over.signal);
  const parts: ConversationParts = {
    store,
    outbox,
    history,
    sync,
    reads,
    keepMessages,
    begun,
    tellTyping: (peer) => connection.tell("typing", { to: peer }),
  };

  const summary = (peer: string): (() => ConversationSummary) => {
    let made = summaries.get(peer);
    if (made === undefined) {
      made = summaryOf(store.state(peer), outbox);
      summaries.set(peer, made);
    }
    return made;
  };

  return {
    token,
    me: () => users.get(myId) ?? options.user,
    get state() {
      return connectionState;
    },
    get isSynced() {
      return sync.isSynced;
    },
    http,
    calls,
    ended: over.signal,
    outbox,
    connection,
    seen,
    user: users.get,
    now: users.now,
    learn: (told, asOf) => {
      for (const user of told) users.learn(user, asOf);
    },
    conversations: () => {
      const { version } = store;
      if (list?.version !== version) {
        const shown = store.all().filter(({ peer, window }) => window.last > 0 || outbox.to(peer).length > 0);
        list = { version, summaries: shown.map(({ peer }) => summary(peer)()) };
      }
      return list.summaries;
    },
    conversation: (peer) => {
      let handle = handles.get(peer);
      if (handle === undefined) {
        handle = createConversation(store.state(peer), summary(peer), parts);
        handles.set(peer, handle);
      }
      return handle;
    },
    watchUsers: () => {
      watchesUsers = true;
    },
    restore: async () => {
      const ahead = await keeper.read(keys.clock);
      if (typeof ahead === "number") clock.assume(ahead);
      await store.restore();
      await outbox.restore();
    },
    flush: async () => {
      const unsent = outbox.all();
      return (await keeper.flushed()) && outbox.isKept(unsent);
    },
    start: () => {
      if (!isStopped) connection.start();
    },
    stop: async () => {
      isStopped = true;
      over.abort(localError("SIGNED_OUT"));
      connection.stop();
      outbox.close();
      // Changes of this turn are written at its end.
      await Promise.resolve();
      await keeper.flushed();
    },
    forget: async () => {
      outbox.clear();
      await keeper.flushed();
      await storage.write({ removeAll: [keys.all] });
    },
  };
};
