import { hearing, over, pushing } from "../tampering.ts";
import type { Mutant } from "./mutant.ts";

/** Doors that tell of a stand-in's doings the wrong people, or nobody, or too much. */
export const standInMutants: readonly Mutant[] = [
  {
    name: "keeps quiet while an assistant works",
    door: hearing((event) => (event.type === "stand-in-typing" ? [] : [event])),
    fails: ["RD-82"],
  },
  {
    name: "tells owners that their assistants work",
    door: hearing((event) => (event.type === "stand-in-typing" ? [event, { ...event, writer: event.owner }] : [event])),
    fails: ["RD-82"],
  },
  {
    name: "keeps quiet about drafts",
    door: hearing((event) => (event.type === "suggestion-made" ? [] : [event])),
    fails: ["RD-83"],
  },
  {
    name: "shows a draft to the person for whom it is meant",
    door: hearing((event) =>
      event.type === "suggestion-made"
        ? [event, { ...event, suggestion: { ...event.suggestion, owner: event.suggestion.peer } }]
        : [event],
    ),
    fails: ["RD-83"],
  },
  {
    name: "takes a draft that was sent for the assistant's words",
    door: hearing((event) => [
      event.type === "message-stored" && event.message.generator !== null
        ? { ...event, message: { ...event.message, origin: "standin" } }
        : event,
    ]),
    fails: ["RD-83"],
  },
  {
    name: "keeps quiet about what is urgent",
    door: hearing((event) => (event.type === "urgent" ? [] : [event])),
    fails: ["RD-84"],
  },
  {
    name: "tells writers that it is urgent",
    door: hearing((event) => (event.type === "urgent" ? [event, { ...event, owner: event.from }] : [event])),
    fails: ["RD-84"],
  },
  {
    name: "keeps quiet about verdicts",
    door: hearing((event) => (event.type === "message-changed" ? [] : [event])),
    fails: ["RD-85"],
  },
  {
    name: "tells the writer what the owner took back",
    door: over((ground) => {
      const before = new Map<unknown, string | null>();
      ground.chat.subscribe((event) => {
        if (event.type === "message-changed") before.set(event.message.id, event.message.previousContent);
      });
      return pushing((event, payload) => {
        const previousContent = before.get(payload["_id"]);
        return [[event, event === "messageUpdated" && previousContent ? { ...payload, previousContent } : payload]];
      })(ground);
    }),
    fails: ["RD-85"],
  },
];
