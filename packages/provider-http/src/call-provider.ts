import { type CancelSignal, isResponderError, ResponderError, type ResponderFailure } from "@standin/core/ports";
import { field } from "./field.ts";
import { retryAfterOf } from "./retry-after.ts";
import { textAtMost } from "./text-at-most.ts";

/** More bytes than this are no answer to a chat message, and are not kept in memory. */
export const maxAnswerBytes: number = 256 * 1024;

/** The `fetch` that is given to a provider's SDK. */
export type ProviderFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What the body of a provider's error adds to its status. */
export interface ProviderError {
  /** Overrides what the status alone says. */
  readonly reason?: ResponderFailure | undefined;
  /** The provider's short name for what went wrong, for the log. */
  readonly code?: unknown;
  /** When the provider says so in the body, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

export interface ProviderCall<Reply> {
  /** Who is asked, for the log. */
  readonly provider: string;
  /** For the whole call, to the last byte of the body. */
  readonly timeoutMs: number;
  readonly signal: CancelSignal;
  /** Reads the body of an error, which is undefined when it is no JSON. */
  readonly explain: (body: unknown, status: number) => ProviderError;
  /** Asks through `fetch` and in no other way; rejects with a ResponderError of its own for an answer that is none. */
  readonly ask: (fetch: ProviderFetch) => Promise<Reply>;
}

/** The same for every provider, so that the owner reads the same word for the same trouble. */
const reasonOf = (status: number): ResponderFailure => {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 408 || status === 504) return "timeout";
  if (status === 429) return "rate-limited";
  // The rest is a redirect, an unknown model or a request that was not understood: it does not pass by waiting.
  return status >= 500 ? "server-error" : "unusable";
};

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
};

/** A short word that the provider chose, unless it is one that we sent it: a key or a person's words must not come back by the log. */
const ownWord = (value: unknown, init: RequestInit | undefined): string => {
  if (typeof value !== "string" || !/^[A-Za-z][\w.-]{0,63}$/.test(value)) return "";
  const sent = `${[...new Headers(init?.headers).values()].join(" ")} ${init?.body}`;
  return sent.includes(value) ? "" : ` ${value}`;
};

/** Names the trouble of a connection, such as ECONNREFUSED: the error itself may quote what was sent. */
const networkCode = (error: unknown): string => {
  const code = field(field(error, "cause") ?? error, "code");
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? `: ${code}` : "";
};

/**
 * Calls a provider once. The SDK builds the request and reads the answer; what happens between them happens here, the same for every SDK:
 * one deadline over the whole call, a cancellation that closes the connection, one request without retries, no redirects (the key would go
 * with them), a bounded body, and an error of our own for each failure, in which nothing of the SDK's or the provider's text is kept.
 *
 * @throws {ResponderError} for everything that goes wrong. After a cancellation its reason is `timeout`.
 * @example
 * const reply = await callProvider({
 *   provider: "acme", timeoutMs: 10_000, signal, explain: (body) => ({ code: field(body, "error") }),
 *   ask: async (fetch) => ({ text: await new Acme({ apiKey, fetch }).complete(prompt), model: "acme-1" }),
 * });
 */
export const callProvider = async <Reply>(call: ProviderCall<Reply>): Promise<Reply> => {
  const { provider, timeoutMs, signal, explain, ask } = call;
  const connection = new AbortController();
  const stopped = Promise.withResolvers<never>();
  let failure: ResponderError | undefined;

  /** The first failure is the one that counts; those after it follow from it. */
  const fail = (reason: ResponderFailure, what: string, retryAfterMs?: number): ResponderError => {
    if (failure === undefined) {
      const cause = new Error(`${provider} ${what}`);
      failure = new ResponderError(reason, retryAfterMs === undefined ? { cause } : { cause, retryAfterMs });
      stopped.reject(failure);
      connection.abort();
    }
    return failure;
  };

  let asked = false;
  const boundedFetch: ProviderFetch = async (input, init) => {
    if (asked) throw fail("unusable", "would have been asked twice");
    asked = true;
    try {
      const response = await fetch(input, { ...init, redirect: "manual", signal: connection.signal });
      const text = await textAtMost(response, maxAnswerBytes);
      if (!response.ok) {
        const { status, headers } = response;
        const { reason = reasonOf(status), code, retryAfterMs } = explain(parsed(text), status);
        const what = `answered ${status}${ownWord(code, init)}`;
        throw fail(reason, what, retryAfterOf(headers, Date.now()) ?? retryAfterMs);
      }
      if (text === null) throw fail("unusable", `answered more than ${maxAnswerBytes} bytes`);
      return new Response(text, { headers: { "content-type": "application/json" } });
    } catch (error) {
      throw fail("unreachable", `could not be reached${networkCode(error)}`);
    }
  };

  const cancel = (): void => void fail("timeout", "was cancelled");
  const begin = async (): Promise<Reply> => {
    if (signal.aborted) throw fail("timeout", "was not asked: the call was cancelled before");
    return ask(boundedFetch);
  };
  const deadline = setTimeout(() => fail("timeout", `had not answered after ${timeoutMs} ms`), timeoutMs);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    // Not only the SDK's promise: that need not settle when its connection is gone.
    return await Promise.race([stopped.promise, begin()]);
  } catch (error) {
    throw failure ?? (isResponderError(error) ? error : fail("unusable", "gave an answer that cannot be read"));
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", cancel);
    connection.abort();
  }
};
