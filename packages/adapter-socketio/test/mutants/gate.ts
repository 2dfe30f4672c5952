import type { IncomingMessage } from "node:http";
import { createChatSockets } from "../../src/index.ts";
import { over } from "../tampering.ts";
import type { Mutant } from "./mutant.ts";

/** Doors that let in, or take in, what they should not. */
export const gateMutants: readonly Mutant[] = [
  {
    name: "asks no browser where it comes from",
    door: (server, options) => {
      const sockets = createChatSockets({ ...options, server });
      const forget = ({ headers }: IncomingMessage): void => {
        delete headers.origin;
      };
      server.prependListener("request", forget);
      server.prependListener("upgrade", forget);
      return sockets;
    },
    fails: ["RD-70", "RD-72", "RD-73"],
  },
  {
    name: "welcomes its own pages alone",
    door: (server, options) => createChatSockets({ ...options, allowedOrigins: [], server }),
    fails: ["RD-71", "RD-73"],
  },
  {
    name: "trusts no proxy",
    door: (server, options) => createChatSockets({ ...options, trustProxy: () => false, server }),
    fails: ["RD-72"],
  },
  {
    name: "takes frames of any size",
    door: over(() => undefined, { maxHttpBufferSize: 1_000_000 }),
    fails: ["RD-66", "RD-67"],
  },
  {
    name: "takes binary payloads",
    door: over(({ io }) => {
      io.engine.on("connection", (conn: { prependListener: unknown }) => {
        conn.prependListener = () => conn;
      });
      return undefined;
    }),
    fails: ["RD-65"],
  },
];
