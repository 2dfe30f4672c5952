import type { AddressInfo } from "node:net";
import express, { type Express } from "express";

/** An app on a free port of this machine. */
export interface RunningApp {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Builds an app and lets it listen. */
export const run = async (build: (app: Express) => void): Promise<RunningApp> => {
  const app = express();
  build(app);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
