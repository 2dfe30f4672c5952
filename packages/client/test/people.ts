import { type ChatClient, type ChatClientOptions, createChatClient, type User } from "@standin/client";
import { onTestFinished } from "vitest";

let counter = 0;

interface Account {
  readonly email: string;
  readonly password: string;
  readonly username: string;
}

/** An account that nobody else has. */
const newAccount = (username: string): Account => {
  counter += 1;
  return { email: `${username.toLowerCase()}-${counter}@example.org`, password: "correct horse", username };
};

/** It comes back soon, because the tests cut connections all the time, and gives up late, because a busy machine may stand still for a while. */
const defaultTiming = { requestMs: 60_000, acknowledgeMs: 60_000, reconnectMinMs: 5, reconnectMaxMs: 100 };

/** A client that is closed when the test ends. */
export const newClient = (options: ChatClientOptions): ChatClient => {
  const client = createChatClient({ ...options, timing: { ...defaultTiming, ...options.timing } });
  onTestFinished(() => client.close());
  return client;
};

export interface Person {
  readonly client: ChatClient;
  readonly user: User;
  readonly account: Account;
}

/** Somebody who has just signed up. */
export const newPerson = async (username: string, options: ChatClientOptions): Promise<Person> => {
  const client = newClient(options);
  const account = newAccount(username);
  const user = await client.signUp(account);
  await client.synced();
  return { client, user, account };
};

/** Resolves when the client has caught up once more, after now. */
export const syncedAgain = (client: ChatClient): Promise<void> =>
  new Promise((resolve) => {
    const stop = client.on("synced", () => {
      stop();
      resolve();
    });
  });

/** Resolves once it is so. */
export const until = async (what: string, isSo: () => boolean, withinMs = 60_000): Promise<void> => {
  const end = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`it never came to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** Asks again and again, since servers come and go in these tests. */
export const persist = async <Value>(ask: () => Promise<Value>, withinMs = 60_000): Promise<Value> => {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
};
