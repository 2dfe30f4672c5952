import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

/** An app on a free port of this machine. */
export interface RunningApp {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Builds an app and lets it listen. */
export const run = async (build: (app: Hono) => void): Promise<RunningApp> => {
  const app = new Hono();
  build(app);
  const server = createAdaptorServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
};
