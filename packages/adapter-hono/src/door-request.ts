import type { DoorBody, DoorRequest } from "@standin/http-api/dispatch";
import type { Context } from "hono";
import { basePath } from "hono/route";

/**
 * The stream's chunks. Stopping early must not cut the connection, so nothing is cancelled: the rest is taken and dropped, or a client
 * that sends before it listens waits for ever.
 */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream.values({ preventCancel: true });
  } finally {
    stream.pipeTo(new WritableStream()).catch(() => {});
  }
}

/** What a handler of the host has read already, or else the bytes themselves. */
const bodyOf = async ({ req }: Context): Promise<DoorBody> => {
  if (req.raw.bodyUsed) return new Uint8Array(await req.arrayBuffer());
  return req.raw.body === null ? null : chunksOf(req.raw.body);
};

/** A request of Hono as the API reads it. */
export const doorRequestOf = (context: Context, remoteAddress: string | undefined): DoorRequest => {
  const { req } = context;
  const { pathname, search, protocol, host } = new URL(req.url);
  const prefix = basePath(context).replace(/\/$/, "");
  return {
    method: req.method,
    path: pathname.startsWith(prefix) ? pathname.slice(prefix.length) : pathname,
    query: search,
    remoteAddress,
    encrypted: protocol === "https:",
    // Not every runtime shows the Host header; the URL has it from there.
    header: (name) => req.header(name) ?? (name === "host" ? host : undefined),
    body: () => bodyOf(context),
  };
};
