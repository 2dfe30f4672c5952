import type { DoorBody, DoorRequest } from "@standin/http-api/dispatch";
import type { Request } from "express";

/** What a body parser of the host left, or else the bytes themselves. Stopping early must not cut the connection, so nothing is destroyed. */
const bodyOf = (request: Request): DoorBody => {
  const body: unknown = request.body;
  if (body === undefined) return request.iterator({ destroyOnReturn: false });
  if (typeof body === "string") return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : { parsed: body };
};

/** A request of Express as the API reads it. */
export const doorRequestOf = (request: Request): DoorRequest => ({
  method: request.method,
  path: request.path,
  query: /\?.*$/s.exec(request.url)?.[0] ?? "",
  remoteAddress: request.socket.remoteAddress,
  encrypted: "encrypted" in request.socket && request.socket.encrypted === true,
  // Of a header that is there twice, `headers` may hold the first alone: a proxy on the way may have looked at the other.
  // Hosts that make requests up, on platforms without sockets, may fill `headers` alone.
  header: (name) => request.headersDistinct[name]?.join(", ") ?? request.headers[name]?.toString(),
  body: () => bodyOf(request),
});
