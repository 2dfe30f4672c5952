import { setTimeout as delay } from "node:timers/promises";
import { type Actor, signUp } from "./people.ts";
import type { Stage } from "./stage.ts";

/** The people of the screenshots, after all that happened between them. */
export interface Story {
  /** Was busy and is back. */
  readonly mira: Actor;
  /** Wrote to Mira meanwhile. */
  readonly jonas: Actor;
  /** Is busy now. */
  readonly lena: Actor;
}

const patienceMs = 30_000;

/** A moment of the one day on which all of it happens, in UTC. */
const at = (time: string): Date => new Date(`2026-03-12T${time}:00Z`);

/** When the pictures are taken. */
export const endOfStory = at("15:52");

const answersIn = async (reader: Actor, other: Actor): Promise<readonly string[]> => {
  const { messages } = (await reader.call("GET", `/messages?receiverId=${other.id}`)) as unknown as {
    readonly messages: readonly { readonly origin: string; readonly _id: string }[];
  };
  return messages.filter(({ origin }) => origin === "standin").map(({ _id }) => _id);
};

/** Writes, waits for the assistant's answer, and resolves with its id. */
const writeAndBeAnswered = async (writer: Actor, owner: Actor, message: string): Promise<string> => {
  const before = await answersIn(writer, owner);
  await writer.write(owner, message);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = (await answersIn(writer, owner)).find((id) => !before.includes(id));
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`no answer to “${message}”`);
    await delay(50);
  }
};

/** Reads all that there is. */
const readAll = async (reader: Actor, others: readonly Actor[]): Promise<void> => {
  for (const { id } of others) {
    const { messages } = (await reader.call("GET", `/messages?receiverId=${id}`)) as unknown as {
      readonly messages: readonly { readonly seq: number }[];
    };
    await reader.call("POST", "/messages/read", { receiverId: id, seq: messages.at(-1)?.seq ?? 0 });
  }
};

const confirm = (owner: Actor, answer: string) =>
  owner.call("POST", `/standin/messages/${answer}/verdict`, { verdict: "confirmed" });

const busy = (who: Actor, until: string, note: string) =>
  who.call("PATCH", "/user/update/status", { status: "BUSY", until: at(until).toISOString(), note });

/** Plays it on an empty server. */
export const playStory = async ({ url, modelSays, clockTo }: Stage): Promise<Story> => {
  await clockTo(at("08:50"));
  const mira = await signUp(url, "Mira Okafor");
  const jonas = await signUp(url, "Jonas Lindqvist");
  const lena = await signUp(url, "Lena Brandt");
  const tomas = await signUp(url, "Tomás Ferreira");
  const yara = await signUp(url, "يارا حداد");
  const kenji = await signUp(url, "Kenji Mori");

  // The morning.
  await clockTo(at("09:14"));
  await tomas.write(mira, "Thanks for the notes from Tuesday. I have put them into the handbook.");
  await yara.write(mira, "مرحبا ميرا، هل لديك وقت للحديث هذا الأسبوع؟");
  await clockTo(at("09:41"));
  await mira.write(tomas, "Lovely, thank you! I will read them on the train.");
  await kenji.write(mira, "Photos from the weekend are up: https://photos.example.org/ridge");
  await clockTo(at("11:20"));
  await jonas.write(mira, "Morning! Did the venue write back about Friday?");
  await lena.write(mira, "The prints are ready! I locked them into the studio.");
  await clockTo(at("11:26"));
  await mira.write(jonas, "Not yet. I will call them after lunch.");
  await mira.write(lena, "You are the best. I will fetch them this afternoon.");
  await readAll(mira, [jonas, lena, tomas, kenji]);
  await readAll(lena, [mira]);

  // Mira is busy for two hours.
  await clockTo(at("13:05"));
  await mira.call("PATCH", "/standin/settings", {
    facts: {
      text: "The venue for Friday is the boathouse, confirmed from 18:00. Invoices go to office@example.org.",
      links: ["https://boathouse.example.org"],
    },
  });
  await busy(mira, "15:30", "In the workshop");
  await clockTo(at("13:32"));
  modelSays("The boathouse is confirmed for Friday from 18:00. For details see https://boathouse.example.org.");
  const boathouse = await writeAndBeAnswered(
    jonas,
    mira,
    "Is the boathouse settled? I would like to send the invitations today.",
  );
  await clockTo(at("13:50"));
  modelSays("I do not know whether Mira can bring the projector. I have kept your question for when Mira is back.");
  await writeAndBeAnswered(jonas, mira, "Great. And can you bring the projector?");
  await clockTo(at("14:17"));
  modelSays("Invoices go to office@example.org.");
  await writeAndBeAnswered(tomas, mira, "Where do I send the invoice for the printing?");
  await clockTo(at("15:02"));
  await mira.call("PATCH", "/standin/settings", { people: { [kenji.id]: { mode: "off" } } });
  await kenji.write(mira, "Can somebody let me in? I am at the side door.");
  await kenji.call("POST", "/standin/requests", { to: mira.id, urgent: true });
  await clockTo(at("15:10"));
  await mira.call("PATCH", "/user/update/status", { status: "AVAILABLE" });
  await confirm(mira, boathouse);

  // Lena is on a train, and looks at her telephone once.
  await lena.call("PATCH", "/standin/settings", {
    facts: { text: "The key to the studio is with the porter in hall B. Prints lie in locker 12.", links: [] },
  });
  await busy(lena, "17:30", "On a train, patchy signal");
  await clockTo(at("15:34"));
  modelSays("The key is with the porter in hall B, and the prints lie in locker 12.");
  const key = await writeAndBeAnswered(mira, lena, "I am in front of the studio. Where do I find the key?");
  await clockTo(at("15:41"));
  modelSays("I do not know about Saturday. I have kept your question for when Lena is back.");
  await writeAndBeAnswered(mira, lena, "Got them, they are beautiful! Are you coming on Saturday?");
  await clockTo(at("15:48"));
  await readAll(lena, [mira]);
  await confirm(lena, key);
  await readAll(mira, [lena, jonas]);
  await clockTo(endOfStory);
  return { mira, jonas, lena };
};
