import type { EngineSocket } from "./backlog.ts";

// Socket.IO packets 5 and 6 are events and acknowledgements with binary attachments; other namespaces than "/" are the host's.
const announcesBinary = /^[56]\d*-(?!\/[^,])/;

/**
 * The chat has no binary parts. A connection that announces one is closed before the attachment comes; an attachment that nobody
 * announced is a breach of the protocol, for which Socket.IO closes it.
 */
export const refuseBinary = (conn: EngineSocket): void => {
  conn.prependListener("data", (data: unknown) => {
    if (typeof data === "string" && announcesBinary.test(data)) conn.close(true);
  });
};
