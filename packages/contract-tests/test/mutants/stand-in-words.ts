import { createStagedModel } from "@standin/contract-tests";
import { promptOf } from "@standin/core";
import {
  type StandInBreak,
  withMessages,
  withModel,
  withPorts,
  withResponders,
  withSettings,
} from "./stand-in-break.ts";

/** Under what name it speaks, by which rules its words are chosen, and what a model is told. */
export const wordBreaks: readonly StandInBreak[] = [
  [
    "drops the label",
    ["R12", "R12-model", "R14-label"],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) => messages.insertAt(seq, { ...draft, label: null }, job),
    })),
  ],
  [
    "says of no answer by which model it was written",
    ["R12-model", "R23"],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) => messages.insertAt(seq, { ...draft, generator: { provider: "template" } }, job),
    })),
  ],
  ["always says until when its owner is busy", ["R13-until", "R15-facts"], withSettings(() => ({ shareUntil: true }))],
  [
    "says whatever a model says",
    ["R08-suggest", "R14", "R14-first-name", "R15-facts", "R17-canary", "R17", "R17-markup", "R24"],
    (subject) => {
      const said: string[] = [];
      return {
        createChat: (ports, policy) => {
          const responders = withResponders((responder) => async (request, signal) => {
            const reply = await responder.respond(request, signal);
            said.push(reply.text);
            return { ...reply, text: `reply number ${said.length - 1} of it` };
          })(subject).createChat;
          const { messages } = ports;
          const unguarded = {
            ...messages,
            insertAt: (...[seq, draft, job]: Parameters<typeof messages.insertAt>) =>
              messages.insertAt(
                seq,
                {
                  ...draft,
                  content: draft.content.replace(/reply number (\d+) of it/, (_, number) => said[Number(number)] ?? ""),
                },
                job,
              ),
          };
          return (responders as NonNullable<typeof responders>)({ ...ports, messages: unguarded }, policy);
        },
      };
    },
  ],
  [
    "takes every mention of its owner for a claim",
    ["R14-first-name", "R14-honest", "R17-markup"],
    withResponders((responder) => async (request, signal) => {
      const reply = await responder.respond(request, signal);
      return reply.text.includes(request.ownerName) ? { ...reply, text: "" } : reply;
    }),
  ],
  [
    "shares no links",
    ["R15-facts", "R17", "R17-links"],
    withSettings(({ facts }) => ({ facts: { ...facts, links: [] } })),
  ],
  [
    "tells people to turn to themselves",
    ["R13-delegate"],
    withPorts(({ users, standIns }) => {
      // The same person under another id.
      const renamed = (id: string): string => id.replace(/^./, (first) => (first === "f" ? "0" : "f"));
      const people = new Map<string, string>();
      return {
        users: { ...users, find: (id) => users.find(people.get(id) ?? id) },
        standIns: {
          ...standIns,
          async settings(owner) {
            const stored = await standIns.settings(owner);
            const { facts } = stored.settings;
            if (facts.delegate === null) return stored;
            const delegate = renamed(facts.delegate);
            people.set(delegate, facts.delegate);
            return { ...stored, settings: { ...stored.settings, facts: { ...facts, delegate } } };
          },
        },
      };
    }),
  ],
  [
    "puts the writer's words into the instructions",
    ["R16"],
    withModel(() => {
      const model = createStagedModel();
      const words: string[] = [];
      return {
        ...model,
        get aborted() {
          return model.aborted;
        },
        responder: {
          provider: "gemini",
          respond(request, signal) {
            words.push(`${promptOf(request).instructions}\nThe writer says: ${request.turns.at(-1)?.text}`);
            return model.responder.respond(request, signal);
          },
        },
        get calls() {
          return model.calls.map((call, index) => ({ ...call, instructions: words[index] ?? "" }));
        },
      };
    }),
  ],
];
