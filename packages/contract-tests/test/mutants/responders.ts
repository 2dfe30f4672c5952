import {
  type AutoResponderSubject,
  autoResponderContract,
  createScriptedResponder,
  hang,
  type ProviderBehaviour,
  providerErrorText,
} from "@standin/contract-tests";
import { ResponderError } from "@standin/core/ports";
import { type Family, familyOf } from "./mutant.ts";

const createSubject = (): Required<Pick<AutoResponderSubject, "port" | "provider">> => {
  let behaviour: ProviderBehaviour = "answers";
  const port = createScriptedResponder([
    (request, signal) => {
      if (signal.aborted || behaviour === "stalls") return hang(request, signal);
      if (behaviour === "fails") throw new ResponderError("server-error", { cause: new Error(providerErrorText) });
      return { text: "At the desk.", model: "scripted" };
    },
  ]);
  return {
    port,
    provider(next: ProviderBehaviour): void {
      behaviour = next;
    },
  };
};

export const responderFamily: Family = familyOf(
  autoResponderContract,
  { name: "scripted", capabilities: { remoteProvider: true }, create: createSubject },
  [
    [
      "answers nothing",
      ["replies"],
      (responder) => ({
        respond: async (request, signal) => ({ ...(await responder.respond(request, signal)), text: " " }),
      }),
    ],
    [
      "hides its model",
      ["replies"],
      (responder) => ({
        respond: async (request, signal) => ({ ...(await responder.respond(request, signal)), model: null }),
      }),
    ],
    [
      "needs an AbortSignal",
      ["any-signal"],
      (responder) => ({
        respond: async (request, signal) => responder.respond(request, AbortSignal.any([signal as AbortSignal])),
      }),
    ],
    [
      "goes on listening",
      ["any-signal"],
      (responder) => ({
        respond(request, signal) {
          signal.addEventListener("abort", () => {});
          return responder.respond(request, signal);
        },
      }),
    ],
    [
      "begins though it was cancelled",
      ["aborted-before"],
      (responder) => ({
        respond: (request, signal) =>
          responder.respond(request, signal.aborted ? new AbortController().signal : signal),
      }),
    ],
    [
      "waits for the provider though it was cancelled",
      ["aborted-during"],
      (responder) => ({
        respond: (request, signal) =>
          responder.respond(request, signal.aborted ? signal : new AbortController().signal),
      }),
    ],
    [
      "passes on what the provider said",
      ["provider-fails"],
      (responder) => ({
        respond: (request, signal) =>
          responder.respond(request, signal).catch((error: Error) => {
            throw Object.assign(new ResponderError("server-error"), { message: String(error.cause) });
          }),
      }),
    ],
    [
      "throws the driver's error",
      ["provider-fails"],
      (responder) => ({
        respond: (request, signal) =>
          responder.respond(request, signal).catch((error: Error) => {
            throw error.cause;
          }),
      }),
    ],
  ],
);
