import { ClientError, localError } from "../errors.ts";

export interface HttpCall {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** From the API's root on, its segments encoded. */
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: object | undefined;
  readonly token?: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** One request and its answer. Rejects with ClientError, or with the reason of the caller's signal. */
export type Http = <Answer>(call: HttpCall) => Promise<Answer>;

export interface HttpOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly requestMs: number;
  /** The server's clock as its answer says it, and when the request went out, by `performance.now()`. */
  readonly onDate: (date: string | null, sentAt: number) => void;
}

const search = (query: HttpCall["query"] = {}): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? "" : `?${given}`;
};

const isRefusal = (body: unknown): body is { message: string; code: ClientError["code"] } =>
  typeof body === "object" && body !== null && "message" in body && "code" in body && typeof body.code === "string";

/** What stands between may answer in the server's place, and not in its words. */
const unexpected = (status: number): ClientError =>
  status >= 500 || status === 429
    ? new ClientError({ code: "UNAVAILABLE", message: "The service is unavailable, please try again shortly" })
    : localError("UNEXPECTED");

export const createHttp = ({ url, fetch, requestMs, onDate }: HttpOptions): Http => {
  return async <Answer>({ method, path, query, body, token, signal }: HttpCall): Promise<Answer> => {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(requestMs);
    const sentAt = performance.now();
    try {
      const response = await fetch(`${url}/api${path}${search(query)}`, {
        method,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(token != null && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // The token is the only identity; no cookie of the site has a say.
        credentials: "omit",
        cache: "no-store",
      });
      onDate(response.headers.get("date"), sentAt);
      const answer: unknown = await response.json().catch((error: unknown) => {
        if (error instanceof SyntaxError) return null;
        throw error;
      });
      if (response.ok && typeof answer === "object" && answer !== null) return answer as Answer;
      throw isRefusal(answer) ? new ClientError(answer) : unexpected(response.status);
    } catch (error) {
      if (error instanceof ClientError) throw error;
      if (signal?.aborted) throw signal.reason;
      throw localError(timeout.aborted ? "TIMEOUT" : "NETWORK", error);
    }
  };
};
