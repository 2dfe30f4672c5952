import { setTimeout as delay } from "node:timers/promises";
import { type Actor, signUp } from "./people.ts";
import type { Stage } from "./stage.ts";

/** The people of the screenshots, after all that happened between them. */
export interface Story {
  /** Was busy and is back. */
  readonly mira: Actor;
  /** Writes to Mira. */
  readonly jonas: Actor;
  /** Is busy now. */
  readonly lena: Actor;
}

const patienceMs = 30_000;

const answersIn = async (reader: Actor, other: Actor): Promise<number> => {
  const { messages } = (await reader.call("GET", `/messages?receiverId=${other.id}`)) as unknown as {
    readonly messages: readonly { readonly origin: string }[];
  };
  return messages.filter(({ origin }) => origin === "standin").length;
};

/** Writes, and waits for the assistant's answer. */
const writeAndBeAnswered = async (writer: Actor, owner: Actor, message: string): Promise<void> => {
  const before = await answersIn(writer, owner);
  await writer.write(owner, message);
  const deadline = performance.now() + patienceMs;
  while ((await answersIn(writer, owner)) === before) {
    if (performance.now() > deadline) throw new Error(`no answer to “${message}”`);
    await delay(50);
  }
};

const lastAnswer = async (owner: Actor, other: Actor): Promise<string> => {
  const { messages } = (await owner.call("GET", `/messages?receiverId=${other.id}`)) as unknown as {
    readonly messages: readonly { readonly origin: string; readonly _id: string }[];
  };
  return messages.findLast(({ origin }) => origin === "standin")?._id ?? "";
};

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Plays it on an empty server. */
export const playStory = async ({ url, modelSays }: Stage): Promise<Story> => {
  const mira = await signUp(url, "Mira Okafor");
  const jonas = await signUp(url, "Jonas Lindqvist");
  const lena = await signUp(url, "Lena Brandt");
  const tomas = await signUp(url, "Tomás Ferreira");
  const yara = await signUp(url, "يارا حداد".normalize()).catch(() => signUp(url, "Yara Haddad"));
  const kenji = await signUp(url, "Kenji 🦊 Mori");

  await tomas.write(mira, "Thanks for the notes from Tuesday. I have put them into the handbook.");
  await mira.write(tomas, "Lovely, thank you! I will read them on the train.");
  await yara.write(mira, "مرحبا ميرا، هل لديك وقت للحديث هذا الأسبوع؟");
  await kenji.write(mira, "Photos from the weekend are up 🏔️ https://photos.example.org/ridge");
  await jonas.write(mira, "Morning! Did the venue write back about Friday?");
  await mira.write(jonas, "Not yet. I will call them after lunch.");
  await jonas.write(mira, "Perfect, no hurry.");

  await mira.call("PATCH", "/standin/settings", {
    facts: {
      text: "The venue for Friday is the boathouse, confirmed from 18:00. Invoices go to office@example.org.",
      links: ["https://boathouse.example.org"],
    },
  });
  await mira.call("PATCH", "/user/update/status", {
    status: "BUSY",
    until: inHours(2),
    note: "In the workshop",
  });
  modelSays("The boathouse is confirmed for Friday from 18:00. For details see https://boathouse.example.org.");
  await writeAndBeAnswered(
    jonas,
    mira,
    "Quick one: is the boathouse settled? I would like to send the invitations today.",
  );
  modelSays("I do not know whether Mira can bring the projector. I have kept your question for when Mira is back.");
  await writeAndBeAnswered(jonas, mira, "Great. And can you bring the projector?");
  modelSays("Invoices go to office@example.org. Mira is busy at the moment, and your message is kept.");
  await writeAndBeAnswered(tomas, mira, "Where do I send the invoice for the printing?");
  await kenji.write(mira, "Can somebody let me in? I am at the side door.");
  await kenji.call("POST", "/standin/requests", { to: mira.id, urgent: true });
  await mira.call("PATCH", "/user/update/status", { status: "AVAILABLE" });
  await mira.call("POST", `/standin/messages/${await lastAnswer(mira, tomas)}/verdict`, { verdict: "confirmed" });

  await lena.call("PATCH", "/user/update/status", {
    status: "BUSY",
    until: inHours(3),
    note: "On a train, patchy signal",
  });
  await mira.write(lena, "Safe travels! Tell me when you are there.");
  return { mira, jonas, lena };
};
