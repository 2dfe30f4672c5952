import type { DoorPeer, TrustProxy } from "./door.ts";
import { countedAs, plainAddress } from "./network-address.ts";

/** Who is at the other end, as far as the network tells. */
export interface Client {
  /** What limits of rate are counted under: an IPv4 address, an IPv6 /64, or "unknown". */
  readonly address: string;
  /** The origin of pages of this very server, as a browser would write it; none when the request names no host. */
  readonly ownOrigins: readonly string[];
}

const trustNobody: TrustProxy = () => false;

const listed = (header: string | undefined): readonly string[] =>
  header === undefined ? [] : header.split(",").map((entry) => entry.trim());

/** Walks from the socket through the proxies that are trusted to the first address that is not. */
const addressOf = (peer: string, forwardedFor: readonly string[], trustProxy: TrustProxy): string => {
  let address = peer;
  for (let hop = 0; trustProxy(address, hop); hop += 1) {
    const next = plainAddress(forwardedFor.at(-1 - hop) ?? "");
    if (next === null) break;
    address = next;
  }
  return address;
};

/** The origin in the form that browsers send; null when the host could not be one. */
const originOf = (scheme: string, host: string | undefined): string | null => {
  if (host === undefined || !/^[^\s/?#@\\]+$/.test(host) || !URL.canParse(`${scheme}://${host}`)) return null;
  return new URL(`${scheme}://${host}`).origin;
};

/**
 * Reads who is calling out of a request, over trusted proxies only: what others write into `X-Forwarded-*` counts for nothing.
 *
 * @example
 * clientOf({ remoteAddress: "::ffff:203.0.113.7", encrypted: false, header: (name) => headers[name] });
 * // { address: "203.0.113.7", ownOrigins: ["http://chat.example"] }
 */
export const clientOf = (request: DoorPeer, trustProxy: TrustProxy = trustNobody): Client => {
  const peer = plainAddress(request.remoteAddress ?? "");
  const behindProxy = peer !== null && trustProxy(peer, 0);
  const forwarded = (name: string): string | undefined => (behindProxy ? listed(request.header(name))[0] : undefined);
  const scheme = forwarded("x-forwarded-proto")?.toLowerCase() ?? (request.encrypted ? "https" : "http");
  const origin = /^https?$/.test(scheme)
    ? originOf(scheme, forwarded("x-forwarded-host") ?? request.header("host"))
    : null;
  return {
    address:
      peer === null ? "unknown" : countedAs(addressOf(peer, listed(request.header("x-forwarded-for")), trustProxy)),
    ownOrigins: origin === null ? [] : [origin],
  };
};
