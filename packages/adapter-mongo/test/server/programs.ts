import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { withLock } from "./once.ts";

/** A program that serves the MongoDB wire protocol as a standalone server. */
export interface Program {
  /** For titles and reports. */
  readonly name: string;
  readonly command: string;
  arguments(port: number, directory: string): readonly string[];
}

/** Why there is none. */
export interface NoProgram {
  readonly reason: string;
}

const cache = join(import.meta.dirname, "../../node_modules/.cache/mongo-server");
const run = promisify(execFile);

/** How long fetching a program may take, in milliseconds: a download that hangs is as good as none. */
const fetchLimitMs = 300_000;

const firstLineOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";

/** The real one: named by MONGOMS_SYSTEM_BINARY, in a cache, or downloaded. That it cannot be had is remembered for the day. */
const findMongod = async (): Promise<Program | NoProgram> => {
  const refusal = join(cache, `no-mongod-${new Date().toISOString().slice(0, 10)}.txt`);
  const { MONGOMS_SYSTEM_BINARY } = process.env;
  if (MONGOMS_SYSTEM_BINARY === undefined && existsSync(refusal)) return { reason: readFileSync(refusal, "utf8") };
  try {
    const { MongoBinary } = await import("mongodb-memory-server");
    const tooLate = wait(fetchLimitMs, null, { ref: false }).then(() => {
      throw new Error("not downloaded in time");
    });
    const command = await Promise.race([MongoBinary.getPath(), tooLate]);
    return {
      name: "mongod",
      command,
      arguments: (port, directory) => ["--bind_ip", "127.0.0.1", "--port", `${port}`, "--dbpath", directory, "--quiet"],
    };
  } catch (error) {
    const reason = `mongodb-memory-server: ${firstLineOf(error)}`;
    writeFileSync(refusal, reason);
    return { reason };
  }
};

const secantusVersion = "0.7.0b3";

/** A server in Python from PyPI (GPL-2.0: a process of its own, never a dependency), in a virtual environment that may be thrown away. */
const findSecantus = async (): Promise<Program | NoProgram> => {
  const directory = join(cache, `secantusdb-${secantusVersion}`);
  const command = join(directory, "bin", "secantusd-py");
  const installed = join(directory, "installed");
  try {
    if (!existsSync(installed)) {
      rmSync(directory, { recursive: true, force: true });
      await run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11) and 'Python is older than 3.11')"]);
      await run("python3", ["-m", "venv", directory]);
      const install = ["install", "--quiet", "--disable-pip-version-check", `secantusdb==${secantusVersion}`];
      await run(join(directory, "bin", "pip"), install, { timeout: fetchLimitMs });
      writeFileSync(installed, secantusVersion);
    }
    return {
      name: `SecantusDB ${secantusVersion}`,
      command,
      arguments: (port, storage) => [
        ...["--host", "127.0.0.1", "--port", `${port}`, "--storage-path", storage],
        ...["--sync-on-commit", "--standalone", "--log-level", "ERROR"],
      ],
    };
  } catch (error) {
    return { reason: `SecantusDB: ${firstLineOf(error)}` };
  }
};

/** The first that this machine has or can get. Test files that start at the same time look one after the other. */
export const findProgram = async (): Promise<Program | NoProgram> => {
  mkdirSync(cache, { recursive: true });
  return withLock(join(cache, "lock.db"), async () => {
    const mongod = await findMongod();
    if (!("reason" in mongod)) return mongod;
    const secantus = await findSecantus();
    return "reason" in secantus ? { reason: `${mongod.reason}; ${secantus.reason}` } : secantus;
  });
};
