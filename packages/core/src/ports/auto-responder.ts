import type { ResponderRequest } from "../domain/index.ts";
import type { CancelSignal } from "./cancel-signal.ts";

export interface ResponderReply {
  /** Without a label; it is put in front by the core. */
  readonly text: string;
  /** The name of the model; null for a template. */
  readonly model: string | null;
}

/** Writes an answer in the name of a person's stand-in. It has no tools and can write nowhere. */
export interface AutoResponder {
  readonly provider: "gemini" | "openai" | "template";
  /**
   * One answer, or a rejection with a ResponderError whose message holds no word of the provider's (INVARIANT AR-01). Rejects soon after `signal` aborts, also when it was aborted before,
   * and does nothing more then (INVARIANT AR-02). Never tries again by itself.
   */
  respond(request: ResponderRequest, signal: CancelSignal): Promise<ResponderReply>;
}
