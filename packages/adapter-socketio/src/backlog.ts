import type { Socket } from "socket.io";

/** The transport under a socket, as Engine.IO keeps it. */
export type EngineSocket = Socket["conn"];

/** What Engine.IO keeps for a transport that is not ready; its types call it private, there is no other way to see it. */
interface WithWriteBuffer {
  readonly writeBuffer: readonly { readonly data?: string | Buffer }[];
}

const waiting = (conn: EngineSocket): WithWriteBuffer["writeBuffer"] =>
  (conn as unknown as WithWriteBuffer).writeBuffer;

/** How many packets wait for the transport to take them. */
export const packetsBehind = (conn: EngineSocket): number => waiting(conn).length;

/**
 * How many bytes wait, without the largest single packet: an answer to `getMessages` may alone be larger than any bound, and its
 * reader is not slow for that. What the transport has taken already was within the bound before it took it, so that what one socket
 * can hold in memory is bounded, too.
 */
export const bytesBehind = (conn: EngineSocket): number => {
  let total = 0;
  let largest = 0;
  for (const { data } of waiting(conn)) {
    const size = data === undefined ? 0 : Buffer.byteLength(data);
    total += size;
    largest = Math.max(largest, size);
  }
  return total - largest;
};
