import type { Server } from "node:http";
import { isIPv6 } from "node:net";
import { StartRefused } from "../start-refused.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

const sentences: Readonly<Record<string, (options: ListenOptions) => string>> = {
  EADDRINUSE: ({ host, port }) => `PORT: found ${port}, expected a free port: something else listens on it at ${host}`,
  EACCES: ({ port }) => `PORT: found ${port}, expected a port that this user may listen on, such as 3000`,
  EADDRNOTAVAIL: ({ host }) => `HOST: found "${host}", expected an address of this machine`,
  ENOTFOUND: ({ host }) => `HOST: found "${host}", expected an address or a name that can be found`,
  EAI_AGAIN: ({ host }) => `HOST: found "${host}", expected an address or a name that can be found`,
};

/** Listens, and returns the address as a URL with the real port. Throws StartRefused when the system will not have it. */
export const listen = async (server: Server, options: ListenOptions): Promise<string> => {
  const { host, port } = options;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const sentence = sentences[cause.code ?? ""];
      reject(sentence === undefined ? cause : new StartRefused(sentence(options), undefined, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${actual}`;
};
