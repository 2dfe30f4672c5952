import { createOpenAiDouble } from "@standin/contract-tests/doubles";
import { eventually } from "../eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signUp } from "../people.ts";
import { startServer } from "../server-process.ts";
import { modelAt, says } from "./model.ts";

/** A server on which enough has happened that every screen has everything to show. */
export interface Story {
  readonly url: string;
  /** Was busy and is back. */
  readonly owner: Person;
  /** Was answered by the owner's assistant, in every way there is. */
  readonly writer: Person;
  /** The owner's assistant drafts for them. */
  readonly draftee: Person;
  /** Is busy now, with an end and a note. */
  readonly busy: Person;
  /** Has blocked somebody, and nobody has written to them. */
  readonly newcomer: Person;
  readonly close: () => Promise<void>;
}

/** Starts the server and plays it. */
export const playStory = async (): Promise<Story> => {
  const model = await createOpenAiDouble();
  const server = await startServer({ env: { RATE_LIMITS: "off", ...modelAt(model) } });
  const { url } = server;
  const [owner, writer, draftee, busy, newcomer] = [
    await signUp(url, "anouk"),
    await signUp(url, "bela"),
    await signUp(url, "dora"),
    await signUp(url, "cleo"),
    await signUp(url, "nina"),
  ];
  const as = async (who: Person, method: string, path: string, body?: object): Promise<Json> => {
    const answer = await call(url, method, path, { token: who.token, body });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  await send(url, owner, writer, "Have a look at https://example.org");
  await send(url, owner, draftee, "See you on Friday");
  await as(owner, "PATCH", "/standin/settings", {
    people: { [draftee.id]: { mode: "suggest" } },
    answersPerPeriod: 10,
    facts: { text: "The keys are at the desk.", links: ["https://office.example"], delegate: busy.id },
  });
  await setStatus(url, owner, { status: "BUSY", note: "In a meeting" });

  const answers = async (): Promise<readonly Json[]> =>
    (await history(url, owner, writer)).filter(({ origin }) => origin === "standin");
  /** Has the writer ask, and waits for the answer; its id. */
  const ask = async (question: string): Promise<string> => {
    const before = (await answers()).length;
    await send(url, writer, owner, question);
    return (await eventually(answers, ({ length }) => length > before)).at(-1)._id;
  };
  model.answerWith(({ response }) => void response.writeHead(500).end());
  await ask("Is anybody there?");
  model.answerWith(says("The keys are at the desk. See https://office.example"));
  const judge = (id: string, verdict: object) => as(owner, "POST", `/standin/messages/${id}/verdict`, verdict);
  await judge(await ask("Where are the keys?"), { verdict: "confirmed" });
  await judge(await ask("And the cat?"), { verdict: "corrected", content: "The cat is with my mother." });
  await judge(await ask("May I have your car?"), { verdict: "withdrawn" });
  await ask("When are you back?");
  await as(writer, "POST", "/standin/requests", { to: owner.id, urgent: true });
  // So that the conversation opens at its end, with the answer that waits for the owner's word.
  await as(owner, "POST", "/messages/read", {
    receiverId: writer.id,
    seq: (await history(url, owner, writer)).at(-1).seq,
  });

  model.answerWith(says("Yes, at six."));
  await send(url, draftee, owner, "Dinner on Friday?");
  await eventually(
    () => as(owner, "GET", "/standin/suggestions"),
    ({ suggestions }) => suggestions.length === 1,
  );
  await setStatus(url, owner, { status: "AVAILABLE" });
  await as(newcomer, "PUT", `/blocks/${busy.id}`);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await setStatus(url, busy, { status: "BUSY", until, note: "On a train" });

  return {
    url,
    owner,
    writer,
    draftee,
    busy,
    newcomer,
    close: async () => {
      await server.stop();
      await model.close();
    },
  };
};
