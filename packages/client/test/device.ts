import {
  type ChatClient,
  type ChatClientOptions,
  type ClientStorage,
  createChatClient,
  type Message,
  memoryStorage,
} from "@standin/client";
import { persist } from "./people.ts";

/** What one client was told: the numbers of the messages, in the order in which it heard of them. */
interface Heard {
  readonly messages: Message[];
}

/** A device of somebody: a storage, and one client after another over it. */
export interface Device {
  readonly client: ChatClient;
  /** Of each client that there was, the one of now last. */
  readonly heard: readonly Heard[];
  /** The page is closed in order and opened again. */
  reload(): Promise<void>;
  /** The process dies: nothing that it had not written yet is written. Another one starts. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** A storage over another one, which stops doing anything when its client has died. */
const mortal = (storage: ClientStorage): { readonly storage: ClientStorage; die(): void } => {
  let isDead = false;
  const never = new Promise<never>(() => {});
  return {
    storage: {
      read: (key) => (isDead ? never : storage.read(key)),
      list: (prefix) => (isDead ? never : storage.list(prefix)),
      write: (change, whileKey) => (isDead ? never : storage.write(change, whileKey)),
    },
    die: () => {
      isDead = true;
    },
  };
};

/** `create`: the client under test, or one with a mistake planted. */
export const newDevice = async (
  options: ChatClientOptions & { readonly token: string },
  create: (options: ChatClientOptions) => ChatClient = createChatClient,
): Promise<Device> => {
  const { token, ...rest } = options;
  const kept = options.storage ?? memoryStorage();
  const heard: Heard[] = [];
  let life = mortal(kept);

  const start = (): ChatClient => {
    const client = create({ ...rest, storage: life.storage });
    const mine: Heard = { messages: [] };
    heard.push(mine);
    client.on("message", ({ message }) => mine.messages.push(message));
    return client;
  };
  const again = async (): Promise<void> => {
    life = mortal(kept);
    client = start();
    if ((await client.resume()) === null) throw new Error("nobody was signed in");
  };

  let client = start();
  await persist(() => client.useToken(token));
  return {
    get client() {
      return client;
    },
    heard,
    reload: async () => {
      await client.close();
      await again();
    },
    crash: async () => {
      life.die();
      // Its connection dies with it; what it would still write goes nowhere.
      void client.close();
      await again();
    },
    close: () => client.close(),
  };
};
