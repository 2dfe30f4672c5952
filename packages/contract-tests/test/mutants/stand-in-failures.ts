import { ResponderError } from "@standin/core/ports";
import { type StandInBreak, withMessages, withPorts, withResponders } from "./stand-in-break.ts";

/** What it makes of models that fail, take their time, or come too late. */
export const failureBreaks: readonly StandInBreak[] = [
  [
    "passes on what a failing provider said",
    [
      "R09-failed",
      "R09-mixed",
      "R23",
      "R23-late",
      "R23-breaker",
      "R23-trial",
      "R23-hint",
      "R24",
      "R25",
      "R25-answered",
      "R25-any",
    ],
    withResponders((responder) => async (request, signal) => {
      try {
        return await responder.respond(request, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        const { message, cause } = error as Error;
        return { text: `${cause instanceof Error ? cause.message : message}`, model: "broken" };
      }
    }),
  ],
  [
    "never gives a failing model a rest",
    ["R23-breaker", "R23-trial", "R23-hint", "R24", "R25", "R25-answered"],
    withResponders((responder) => async (request, signal) => {
      try {
        return await responder.respond(request, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        return { text: "", model: "broken" };
      }
    }),
  ],
  [
    "takes an open call for a good one, and lets everybody else after it",
    ["R23-trial", "R23-given-up", "R23-hurried"],
    () => {
      let failures = 0;
      return withResponders((responder) => (request, signal) => {
        const call = responder.respond(request, signal).catch((error: unknown) => {
          failures += 1;
          throw error;
        });
        if (failures < 3) return call;
        const tooSoon = async (): Promise<never> => {
          for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          throw new ResponderError("refused");
        };
        return Promise.race([call, tooSoon()]);
      })({} as never);
    },
  ],
  [
    "holds it against a model that its answer was not wanted any more",
    ["R23-trial", "R23-given-up", "R23-hurried"],
    () => {
      let failures = 0;
      let givenUp = false;
      return withResponders((responder) => async (request, signal) => {
        if (givenUp) throw new ResponderError("unreachable");
        signal.addEventListener("abort", () => {
          givenUp = failures >= 3;
        });
        return responder.respond(request, signal).catch((error: unknown) => {
          failures += 1;
          throw error;
        });
      })({} as never);
    },
  ],
  [
    "keeps to itself which model failed before another answered",
    ["R25-answered"],
    withMessages((messages) => ({
      commitJob: (trigger, worker, answer, until) =>
        messages.commitJob(
          trigger,
          worker,
          answer.decision === "answered" ? { ...answer, detail: null } : answer,
          until,
        ),
    })),
  ],
  [
    "announces what it did before it is on record",
    ["R07-readable"],
    withPorts(({ events, messages, standIns }) => {
      const early = new Set<string>();
      return {
        events: {
          ...events,
          publish: (event) =>
            (event.type === "message-stored" && early.has(event.message.id)) ||
            event.type === "suggestion-made" ||
            events.publish(event),
        },
        messages: {
          ...messages,
          async insertAt(seq, draft, job) {
            const result = await messages.insertAt(seq, draft, job);
            const message = result === "inserted" ? await messages.find(draft.id) : null;
            if (message !== null) events.publish({ type: "message-stored", message, via: null });
            early.add(draft.id);
            return result;
          },
        },
        standIns: {
          ...standIns,
          async suggest(suggestion) {
            const result = await standIns.suggest(suggestion);
            if (result === "stored") events.publish({ type: "suggestion-made", suggestion });
            return result;
          },
        },
      };
    }),
  ],
  [
    "does not hear that a model asks for time",
    ["R23-hint"],
    withResponders((responder) => async (request, signal) => {
      try {
        return await responder.respond(request, signal);
      } catch (error) {
        throw error instanceof ResponderError ? new ResponderError(error.reason) : error;
      }
    }),
  ],
  [
    "asks one model only",
    ["R23", "R23-limits", "R23-total", "R23-late", "R23-trial", "R23-hurried", "R23-hint", "R25-answered", "R25-any"],
    withPorts(({ responders = [] }) => ({ responders: responders.slice(0, 1) })),
  ],
  [
    "takes what comes too late",
    ["R08-meanwhile", "R11-next", "R19-extended", "R23-limits", "R23-total", "R23-late", "R23-trial", "R23-hurried"],
    withPorts(({ timer }) => ({
      timer: { after: (ms, run) => timer.after(ms === 10_000 ? 60_000 : ms, run) },
    })),
  ],
];
