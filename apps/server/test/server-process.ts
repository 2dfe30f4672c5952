import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** How a process ended, and all it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly ended: Promise<Ended>;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Sends the signal without waiting for anything. */
  readonly send: (signal: NodeJS.Signals) => void;
  /** SIGTERM, then how it ended. */
  readonly stop: () => Promise<Ended>;
  /** SIGKILL, then how it ended. */
  readonly kill: () => Promise<Ended>;
  /** Runs a command of the operator beside it, on the same store; the exit code. */
  readonly operate: (...args: readonly string[]) => Promise<number | null>;
  /** Starts another like it, on the same store. */
  readonly again: () => Promise<ServerProcess>;
}

export interface StartOptions {
  readonly env?: Environment;
  /** A fresh one when left out. */
  readonly dataDir?: string;
  /** Another entry than the server's own. */
  readonly entry?: string;
  readonly args?: readonly string[];
  /** The entry takes the operator's commands over a channel of its process, since nobody else can see its store. */
  readonly channel?: boolean;
  /** Instead of `node … entry args`. */
  readonly command?: readonly [string, ...string[]];
}

const alive = new Set<ChildProcess>();
const directories = new Set<string>();

/** Children never outlive the tests, whatever happened to them. */
process.once("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory of its own for one test; removed when the file's tests are done. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "standin-server-"));
  directories.add(directory);
  return directory;
};

/** Ends every process and removes every directory of this test file. Call once at the top of a file. */
export const cleanUpAfterwards = (): void => {
  afterAll(async () => {
    for (const child of alive) {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  });
};

const launch = ({ env = {}, dataDir, entry = main, args = [], channel = false, command }: StartOptions) => {
  const [file, ...words] = command ?? [process.execPath, "--conditions=@standin/source", entry, ...args];
  const { PATH = "", HOME = "", NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(file, words, {
    env: {
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      PORT: "0",
      LOG_FORMAT: "json",
      ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe", ...(channel ? (["ipc"] as const) : [])],
  });
  if (child.stdout === null || child.stderr === null) throw new Error("a child without pipes");
  alive.add(child);
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text.stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      alive.delete(child);
      resolve({ code, signal, ...text });
    });
  });
  return { child, ended, text };
};

/** Runs the program to its end. */
export const runProgram = (options: StartOptions): Promise<Ended> => launch(options).ended;

/** Starts the server and waits for its first line. Rejects, with what it said, when it ends before that. */
export const startServer = async (options: StartOptions = {}): Promise<ServerProcess> => {
  const dataDir = options.dataDir ?? temporaryDirectory();
  const { child, ended, text } = launch({ ...options, dataDir });
  const firstLine = new Promise<string>((resolve) => {
    child.stdout?.on("data", () => {
      if (text.stdout.includes("\n")) resolve(text.stdout.slice(0, text.stdout.indexOf("\n")));
    });
  });
  const tooEarly = ended.then(({ code, signal, stderr }) => {
    throw new Error(`the server ended before it listened (${code ?? signal}):\n${stderr}`);
  });
  const line = await Promise.race([firstLine, tooEarly]);
  tooEarly.catch(() => {});
  const url = /^Standin listening on (http:\/\/\S+)$/.exec(line)?.[1];
  if (url === undefined) throw new Error(`unexpected first line: ${line}`);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    ended,
    output: () => text,
    send: (signal) => {
      child.kill(signal);
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    operate: async (...args) => {
      if (options.channel !== true) return (await runProgram({ ...options, dataDir, args })).code;
      const answer = once(child, "message");
      child.send(args);
      return (await answer)[0];
    },
    again: () => startServer({ ...options, dataDir }),
  };
};
