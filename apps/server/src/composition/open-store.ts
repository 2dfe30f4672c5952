import { join } from "node:path";
import { createSqliteStore } from "@standin/adapter-sqlite";
import type { ChatPorts } from "@standin/core";
import type { Logger } from "@standin/core/ports";
import type { Configuration } from "../configuration/read-configuration.ts";

/** What a store wrote since it was opened, for metrics. */
export interface StoreStats {
  /** Batches acknowledged: transactions, or writes of many documents at once. */
  readonly commits: number;
  /** Write requests in them. */
  readonly rows: number;
  readonly largestBatch: number;
  /** Write requests that wait. */
  readonly queued: number;
}

/** Where everything is kept that must outlive the process. */
export interface Store extends Pick<ChatPorts, "users" | "sessions" | "relations" | "messages" | "standIns"> {
  stats(): StoreStats;
  close(): Promise<void>;
}

/** The file of the embedded store. */
export const databaseFile = ({ dataDir }: Pick<Configuration, "dataDir">): string => join(dataDir, "standin.db");

/** Opens the store that the operator chose. Rejects with `StoreRefused`, whose message is for the operator. */
export const openStore = async (configuration: Configuration, logger: Logger): Promise<Store> => {
  const { mongodbUri: uri } = configuration;
  if (uri === undefined) return createSqliteStore({ path: databaseFile(configuration), logger });
  // The driver is large: only who uses it waits until it is loaded.
  const { createMongoStore } = await import("@standin/adapter-mongo");
  return createMongoStore({ uri, logger });
};
