import { join } from "node:path";
import { createDirectoryLock, type DirectoryLock } from "@standin/adapter-sqlite";
import { isChatError } from "@standin/core";
import { composeServer, type WrapPorts } from "../composition/compose.ts";
import { prepareDataDirectory } from "../configuration/data-directory.ts";
import type { Configuration } from "../configuration/read-configuration.ts";
import { listen } from "../http/listen.ts";
import { stopGracefully } from "../lifecycle/stop-gracefully.ts";
import { awaitStopRequest } from "../lifecycle/stop-request.ts";
import { exitCodes, StartRefused } from "../start-refused.ts";

/** One server a directory. The system frees the lock when the process ends, however it ends. */
const lockDirectory = (dataDir: string): DirectoryLock => {
  try {
    return createDirectoryLock(join(dataDir, "server.lock"));
  } catch (cause) {
    if (!isChatError(cause)) throw cause;
    throw new StartRefused(
      `DATA_DIR: found ${JSON.stringify(dataDir)}, expected a directory of its own: another server works there. Stop that one first, or choose another DATA_DIR`,
      undefined,
      { cause },
    );
  }
};

/** The embedded store needs a directory, and wants it for itself. */
const occupy = (dataDir: string): DirectoryLock => {
  prepareDataDirectory(dataDir);
  return lockDirectory(dataDir);
};

/** Serves until the process is told to stop; resolves with its exit code. Rejects when the start is refused. */
export const serve = async (configuration: Configuration, wrapPorts?: WrapPorts): Promise<number> => {
  const { dataDir, mongodbUri, host, port, shutdownMs, httpAdapter, providers } = configuration;
  const store = mongodbUri === undefined ? "embedded" : "mongodb";
  const lock = store === "embedded" ? occupy(dataDir) : null;
  const server = await composeServer(configuration, wrapPorts);
  const { chat, http, logger, readiness } = server;

  const stopRequest = awaitStopRequest(logger);
  await chat.start();
  const url = await listen(http.server, { host, port });
  readiness.begin();
  process.stdout.write(`Standin listening on ${url}\n`);
  // Which models write for people is nothing that an operator should have to guess; keys are nobody's business.
  const models = providers.map(({ provider, model }) => ({ provider, model }));
  logger.info({ url, store, ...(lock !== null && { dataDir }), httpAdapter, models }, "serving");

  const { reason, exitCode } = await stopRequest;
  logger.info({ reason }, "stopping");
  const inTime = await stopGracefully({ ...server, shutdownMs });
  lock?.release();
  logger.info({ inTime }, "stopped");
  return inTime ? exitCode : exitCodes.failed;
};
