import { existsSync } from "node:fs";
import { type Chat, isChatError } from "@standin/core";
import { composeChat } from "../composition/compose.ts";
import { databaseFile } from "../composition/open-store.ts";
import type { Configuration } from "../configuration/read-configuration.ts";
import { exitCodes, StartRefused } from "../start-refused.ts";
import type { Command } from "./parse-arguments.ts";

/** A command of the operator. */
export type OperatorCommand = Extract<Command, { name: "reset-password" | "delete-user" | "new-epoch" }>;

/** Does it, and returns what standard output gets. */
const perform = async ({ operator }: Chat, command: OperatorCommand): Promise<string> => {
  switch (command.name) {
    case "reset-password":
      return await operator.resetPassword(command.email);
    case "delete-user":
      await operator.deleteUser(command.email);
      return `deleted ${command.email}`;
    case "new-epoch":
      return await operator.newEpoch();
  }
};

const refuseUnknown = (error: unknown, command: OperatorCommand): never => {
  if (isChatError(error) && error.code === "NOT_FOUND" && "email" in command)
    throw new StartRefused(`No account has the e-mail address ${command.email}`, exitCodes.failed, { cause: error });
  if (isChatError(error) && error.retryable)
    throw new StartRefused("The store is busy or cannot be used; nothing is lost by trying again", exitCodes.failed, {
      cause: error,
    });
  throw error;
};

/**
 * Does one command on the store, beside a running server or without one; prints the result alone on standard output.
 * Throws StartRefused: 78 where there is no store, 1 for an unknown e-mail address.
 */
export const operate = async (configuration: Configuration, command: OperatorCommand): Promise<number> => {
  if (configuration.mongodbUri === undefined && !existsSync(databaseFile(configuration)))
    throw new StartRefused(
      `DATA_DIR: found ${JSON.stringify(configuration.dataDir)}, expected the data directory of a server that has been started: it holds no standin.db`,
    );
  const { chat, store } = await composeChat(configuration);
  try {
    process.stdout.write(`${await perform(chat, command)}\n`);
    return exitCodes.done;
  } catch (error) {
    return refuseUnknown(error, command);
  } finally {
    await store.close();
  }
};
