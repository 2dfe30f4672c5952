import { type OutgoingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it goes over the wire. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** null: none. */
  readonly body: Uint8Array | null;
  /** Sent without a declared length. */
  readonly chunked: boolean;
}

/** An answer as it came over the wire. */
export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request on a connection of its own, and its whole answer. Rejects when the connection breaks. */
export const exchange = (baseUrl: string, { method, path, headers, body, chunked }: Outgoing): Promise<Incoming> =>
  new Promise((resolve, reject) => {
    const length = body === null || chunked ? {} : { "content-length": body.length };
    const outgoing = request(
      baseUrl + path,
      { method, headers: { ...headers, ...length }, agent: false },
      (incoming) => {
        text(incoming).then((received) => {
          const answered = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
          resolve({ status: incoming.statusCode ?? 0, headers: Object.fromEntries(answered), body: received });
        }, reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
