import type { AutoResponder, CancelSignal, ResponderReply, ResponderRequest } from "@standin/core/ports";

/** What one call does: answers with a text, rejects with an error, or whatever a function does. */
export type ScriptStep =
  | string
  | Error
  | ((request: ResponderRequest, signal: CancelSignal) => Promise<ResponderReply> | ResponderReply);

export interface ScriptedCall {
  readonly request: ResponderRequest;
  readonly signal: CancelSignal;
}

export interface ScriptedResponder extends AutoResponder {
  /** Every call so far, as it was given. */
  readonly calls: readonly ScriptedCall[];
}

export interface ScriptedResponderOptions {
  /** Default: `gemini`. */
  readonly provider?: AutoResponder["provider"];
  /** The model that answers name. Default: `scripted`. */
  readonly model?: string | null;
}

/** A step that never answers, and rejects when the call is cancelled. */
export const hang = (_request: ResponderRequest, signal: CancelSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(new Error("The call was cancelled"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });

/**
 * An {@link AutoResponder} that does what a script says: one step a call, the last one again and again.
 *
 * @throws {RangeError} when the script is empty.
 * @example
 * const responder = createScriptedResponder([new ResponderError("timeout"), "At five.", hang]);
 */
export const createScriptedResponder = (
  script: readonly ScriptStep[],
  options: ScriptedResponderOptions = {},
): ScriptedResponder => {
  const { provider = "gemini", model = "scripted" } = options;
  if (script.length === 0) throw new RangeError("The script needs at least one step");
  const calls: ScriptedCall[] = [];
  return {
    provider,
    calls,
    async respond(request: ResponderRequest, signal: CancelSignal): Promise<ResponderReply> {
      const step = script[Math.min(calls.length, script.length - 1)] ?? "";
      calls.push({ request: structuredClone(request), signal });
      if (typeof step === "function") return step(request, signal);
      if (step instanceof Error) throw step;
      return signal.aborted ? hang(request, signal) : { text: step, model };
    },
  };
};
