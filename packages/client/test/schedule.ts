import type { ChatClient, ChatClientOptions } from "@standin/client";
import type { Message as StoredMessage } from "@standin/core";
import type { ChatServer } from "./chat-server.ts";
import { type Device, newDevice } from "./device.ts";
import { type FaultyNetwork, startFaultyNetwork } from "./faulty-network.ts";
import { persist, until } from "./people.ts";
import { type Random, seeded } from "./random.ts";

/**
 * Connections break all the time, and so the first attempts come soon. What does not answer at once is waited for, and where nobody answers
 * the attempts become rare: otherwise all of the devices keep a slow machine so busy with attempts that none of them succeeds.
 */
const timing = { requestMs: 20_000, acknowledgeMs: 20_000, reconnectMinMs: 5, reconnectMaxMs: 1_000 };
const steps = 24;
/** How long is waited in the end for all to be well. */
const patienceMs = 120_000;

interface Actor {
  readonly name: string;
  readonly device: Device;
  readonly proxy: FaultyNetwork;
  readonly peer: string;
  /** What was written on this device, in order. */
  readonly wrote: string[];
}

/** What a schedule did, summed up over many of them, so that a run without faults is not taken for a proof. */
export interface Tally {
  acknowledgements: number;
  requests: number;
  cuts: number;
  muted: number;
  refused: number;
  reloads: number;
  crashes: number;
  messages: number;
}

export const newTally = (): Tally => ({
  acknowledgements: 0,
  requests: 0,
  cuts: 0,
  muted: 0,
  refused: 0,
  reloads: 0,
  crashes: 0,
  messages: 0,
});

export interface ScheduleOptions {
  readonly server: ChatServer;
  readonly seed: number;
  readonly tally: Tally;
  /** The client under test, or one with a mistake planted. */
  readonly create?: (options: ChatClientOptions) => ChatClient;
  /** How long is waited in the end for all to know all that was sent, in milliseconds. */
  readonly catchUpWithinMs?: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One thing that happens. Writing is the most frequent one. */
const act = async (actor: Actor, random: Random, tally: Tally): Promise<void> => {
  const { device, proxy, peer, wrote, name } = actor;
  const write = (): void => {
    const text = `${name} ${wrote.length + 1}`;
    wrote.push(text);
    void device.client.conversation(peer).send(text);
  };
  switch (random.whole(16)) {
    case 0:
      return proxy.cut();
    case 1:
      return proxy.refuse();
    case 2:
      return proxy.delay(1 + random.whole(8));
    case 3:
      proxy.loseAcknowledgement();
      return write();
    case 4:
      proxy.loseRequest();
      return write();
    case 5:
      return random.whole(4) === 0 ? proxy.mute() : proxy.cut();
    case 6:
    case 7:
      return proxy.heal();
    case 8:
      tally.reloads += 1;
      return device.reload();
    case 9:
      tally.crashes += 1;
      // What is in the outbox was written before it: a message is kept from the moment on when the storage says so.
      await pause(0);
      return device.crash();
    case 10:
      return pause(random.whole(20));
    default:
      return write();
  }
};

const numbers = (messages: readonly { readonly seq: number }[]): string => messages.map(({ seq }) => seq).join(" ");

/** The mistakes of what a device was told: each client without holes and repeats, each next one going on where the one before was. */
const mistakesInHearing = ({ name, device }: Actor, history: readonly StoredMessage[]): string[] => {
  const mistakes: string[] = [];
  let next = 1;
  for (const { messages } of device.heard) {
    const [first] = messages;
    if (first === undefined) continue;
    // After a crash a client may hear again what it had not written down, but never misses any.
    if (first.seq > next) mistakes.push(`${name} was not told of ${next}, but of ${numbers(messages)}`);
    messages.forEach(({ seq }, index) => {
      if (seq !== first.seq + index) mistakes.push(`${name} was told of ${numbers(messages)}`);
    });
    next = Math.max(next, first.seq + messages.length);
  }
  if (next !== history.length + 1) mistakes.push(`${name} was told of messages up to ${next - 1} of ${history.length}`);
  return mistakes;
};

const mistakesAtHand = ({ name, device, peer }: Actor, history: readonly StoredMessage[]): string[] => {
  const shown = device.client.conversation(peer).messages();
  const isSame =
    shown.length === history.length &&
    shown.every(({ _id, content, seq }, index) => {
      const stored = history[index];
      return _id === stored?.id && content === stored.content && seq === stored.seq;
    });
  return isSame ? [] : [`${name} shows ${numbers(shown)} of ${numbers(history)}`];
};

/** Two people, three devices, a proxy before each, and what happens to them by the seed. Resolves with what went wrong. */
export const runSchedule = async ({
  server,
  seed,
  tally,
  create,
  catchUpWithinMs = patienceMs,
}: ScheduleOptions): Promise<readonly string[]> => {
  const random = seeded(seed);
  const signUp = async (name: string) => {
    const account = { email: `${name}-${seed}@example.org`, password: "correct horse", username: name };
    return server.chat.signUp(account, { address: "192.0.2.1" });
  };
  const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  const actor = async (name: string, who: typeof ada, peer: typeof ada): Promise<Actor> => {
    const proxy = await startFaultyNetwork(() => server.port);
    const device = await newDevice({ url: proxy.url, token: who.token, timing, keepMessages: 50 }, create);
    // Everything from now on is news.
    await device.client.synced();
    return { name, device, proxy, peer: peer.user.id, wrote: [] };
  };
  const actors = [
    await actor("Ada's phone", ada, bob),
    await actor("Ada's laptop", ada, bob),
    await actor("Bob's phone", bob, ada),
  ];
  const read = async (): Promise<readonly StoredMessage[]> => {
    const caller = await server.chat.authenticate(ada.token);
    return (await server.chat.readMessages(caller, { peer: bob.user.id, limit: 1_000 })).messages;
  };

  try {
    for (let step = 0; step < steps; step += 1) {
      await act(random.pick(actors), random, tally);
      if (random.whole(3) === 0) await pause(random.whole(5));
    }
    for (const { proxy } of actors) proxy.heal();

    const wrote = actors.flatMap((each) => each.wrote);
    const mistakes: string[] = [];
    await until("all is sent", () => actors.every(({ device }) => device.client.unsent() === 0), patienceMs).catch(() =>
      mistakes.push("not all was sent"),
    );
    const history = await read();
    const isCaughtUp = ({ device, peer }: Actor): boolean =>
      device.client.conversation(peer).summary().lastSeq >= history.length;
    await until("all have caught up", () => actors.every(isCaughtUp), catchUpWithinMs).catch(() => {});

    const stored = history.map(({ content }) => content);
    for (const text of wrote) {
      const count = stored.filter((each) => each === text).length;
      if (count !== 1) mistakes.push(`"${text}" is stored ${count} times`);
    }
    for (const each of actors) {
      const order = stored.filter((text) => text.startsWith(each.name));
      if (order.join() !== each.wrote.join()) mistakes.push(`${each.name} wrote in another order: ${order.join()}`);
      mistakes.push(...mistakesInHearing(each, history));
      const conversation = each.device.client.conversation(each.peer);
      await persist(() => conversation.load());
      while (conversation.hasOlder) await persist(() => conversation.older());
      mistakes.push(...mistakesAtHand(each, history));
    }
    tally.messages += history.length;
    return mistakes;
  } finally {
    for (const { device, proxy } of actors) {
      await device.close();
      for (const key of ["acknowledgements", "requests", "cuts", "muted", "refused"] as const)
        tally[key] += proxy.done[key];
    }
  }
};
