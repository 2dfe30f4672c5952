import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

/** What a provider can object to. */
export type ProviderFault =
  | "unauthorized"
  /** A key that is none, as this provider says it. */
  | "invalid-key"
  | "rate-limited"
  | "server-error"
  | "unavailable"
  | "unknown-model"
  /** The prompt is declined before a model sees it. */
  | "prompt-blocked";

export interface WireResponse {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: object;
}

/** The format of one provider's answers, so that one behaviour serves all. */
export interface ProviderWire {
  /** What the adapter's `baseUrl` has after the address. */
  readonly basePath: string;
  /** A whole answer. */
  answer(text: string): object;
  /** A whole answer in several parts, which belong together as they are. */
  answerInParts(texts: readonly string[]): object;
  /** A whole answer that does not say that it is one. */
  answerWithoutEnd(text: string): object;
  /** A whole answer, with what the model thought before it. */
  thoughtfulAnswer(thought: string, text: string): object;
  /** An answer that ended at the limit of tokens. */
  cutOff(text: string): object;
  /** A call of a tool instead of an answer. */
  toolCall(): object;
  /** An answer that a filter stopped. */
  filtered(): object;
  /** An answer in which the model, or a policy, declines. */
  declined(): object;
  /** The right fields with values of the wrong types. */
  wrongTypes(): object;
  /**
   * An error. `detail` goes into its message; `code`, if given, takes the place of the provider's own; `retryAfterMs` is told in the
   * provider's own way, not as `Retry-After`.
   */
  fault(
    fault: ProviderFault,
    detail: string,
    extra?: { readonly code?: string; readonly retryAfterMs?: number },
  ): WireResponse;
  /** The key that came with a request; "" when none did. */
  keyOf(request: RecordedRequest): string;
  /** The instructions in a request. */
  instructionsOf(request: RecordedRequest): string;
}

/** What is at a path of a request's body, as text; "" where there is none. */
export const textAt = (value: unknown, ...path: readonly (string | number)[]): string => {
  let found = value;
  for (const key of path) found = (found as Record<string | number, unknown> | null | undefined)?.[key];
  return typeof found === "string" ? found : "";
};
