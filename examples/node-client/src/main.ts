import { createInterface } from "node:readline";
import { ClientError, createChatClient, type Message, type User } from "@standin/client";
import { fileStorage } from "./file-storage.ts";

const [email = "", password = "", username = ""] = process.argv.slice(2);
if (username === "") {
  console.error("Usage: pnpm start <email> <password> <name>\nThen write lines such as: Bob: are you there?");
  process.exit(64);
}

const client = createChatClient({
  url: process.env["STANDIN_URL"] ?? "http://127.0.0.1:3000",
  storage: fileStorage(process.env["STANDIN_FILE"] ?? `${email}.json`),
});

/** Goes on where the file says, or signs in, or signs up. */
const begin = async (): Promise<void> => {
  if ((await client.resume()) !== null) return;
  try {
    await client.signUp({ email, password, username });
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "EMAIL_TAKEN") throw error;
    await client.signIn({ email, password });
  }
};

/** Somebody's name; that of a stranger who just wrote is on its way. */
const nameOf = (id: string): Promise<string> =>
  new Promise((resolve) => {
    const tell = (): void => {
      const known = client.user(id);
      if (known === undefined) return;
      stop();
      resolve(known.username);
    };
    const stop = client.on("user", tell);
    tell();
  });

const show = async ({ sender, content, origin }: Message): Promise<void> => {
  if (sender === client.me?.id) return;
  // An assistant's message says itself whose assistant it is.
  console.log(origin === "standin" ? content : `${await nameOf(sender)}: ${content}`);
};

/** The first person whose name begins like that: one who is known here, which needs no server, or anybody. */
const find = async (name: string): Promise<User | null> => {
  const known = client.conversations().find(({ user }) => user?.username.startsWith(name));
  return known?.user ?? (await client.listUsers({ q: name, limit: 1 })).users[0] ?? null;
};

/** `Bob: text` */
const send = async (line: string): Promise<void> => {
  const [, name = "", text = ""] = /^([^:]+):\s*(.+)$/.exec(line) ?? [];
  if (text === "") return console.log("? Write a name, a colon and a text");
  const person = await find(name);
  if (person === null) return console.log(`? There is no ${name}`);
  const { seq } = await client.conversation(person.id).send(text);
  console.log(`✓ ${person.username} has it, as number ${seq}`);
};

client.on("message", ({ message }) => void show(message));
client.on("connection", ({ state }) => console.log(`· ${state}`));
client.on("standinTyping", ({ from }) => console.log(`· ${client.user(from)?.username}'s assistant is writing`));
client.on("signedOut", () => process.exit(0));

await begin();
console.log(`Hello, ${client.me?.username}. ${client.unsent()} unsent.`);
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  send(line).catch((error: unknown) => console.log(`✗ ${error instanceof Error ? error.message : error}`));
});
lines.on("close", () => void client.close());
