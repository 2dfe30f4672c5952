import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll } from "vitest";
import { findProgram, type Program } from "./server/programs.ts";

/** A server for tests. */
export interface TestServer {
  /** Which one answered. */
  readonly name: string;
  readonly uri: string;
  /** Looks into the databases past the adapter. */
  readonly client: MongoClient;
}

/** A server of our own, which may be ill-treated. */
export interface OwnServer extends TestServer {
  readonly port: number;
  /** SIGSTOP and SIGCONT: it hangs with its connections open. */
  pause(): void;
  resume(): void;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and the same data. */
  start(): Promise<void>;
}

/** Why no server could be had; a case of NOT RUN. */
export interface NoServer {
  readonly unavailable: string;
}

/** How long a server may take to start, or to answer: far longer than it does on a slow machine. */
const patienceMs = 120_000;

const clientOf = (uri: string): MongoClient => new MongoClient(uri, { serverSelectionTimeoutMS: patienceMs });

/** Free, and below the ports that systems give away by themselves: nobody takes it while a server is being started, or is started again. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const probe = createServer().listen(port, "127.0.0.1");
    const isFree = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });

const ping = async (uri: string): Promise<void> => {
  const client = clientOf(uri);
  try {
    await client.db("admin").command({ ping: 1 });
  } finally {
    await client.close();
  }
};

const untilItListens = async (port: number, child: ChildProcess, name: string): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    // Whoever else has the port may listen, too.
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (await isListening(port)) return;
    await wait(50);
  }
  throw new Error(`${name} does not listen`);
};

const startProgram = async ({ name, command, arguments: argumentsOf }: Program): Promise<OwnServer> => {
  const directory = mkdtempSync(join(tmpdir(), "standin-mongo-"));
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  let child: ChildProcess | null = null;

  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
  };
  const start = async (): Promise<void> => {
    child = spawn(command, argumentsOf(port, directory), { stdio: "ignore", cwd: directory });
    await untilItListens(port, child, name);
    await ping(uri);
  };
  const killNow = (): void => void child?.kill("SIGKILL");
  const client = clientOf(uri);
  const end = async (): Promise<void> => {
    await client.close();
    await kill();
    process.removeListener("exit", killNow);
    rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", killNow);
  // Nobody ends what a test file never got.
  await start().catch(async (error: unknown) => {
    await end();
    throw error;
  });
  afterAll(end);
  return {
    name,
    uri,
    client,
    port,
    start,
    kill,
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
  };
};

/** Under CI nothing may go unnoticed: what could not run there has failed. */
const none = (reason: string): NoServer => {
  const unavailable = `NOT RUN: no MongoDB server (${reason})`;
  const { CI } = process.env;
  if (CI === "true") throw new Error(unavailable);
  return { unavailable };
};

/** A server of this test file, which ends with it: mongod, or SecantusDB. */
export const startOwnServer = async (): Promise<OwnServer | NoServer> => {
  const program = await findProgram();
  if ("reason" in program) return none(program.reason);
  // Between the choice of a port and its use somebody else may take it: then another one.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startProgram(program);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
};

/** The server that MONGODB_URI names, or one of our own. */
export const useServer = async (): Promise<TestServer | NoServer> => {
  const { MONGODB_URI: uri } = process.env;
  if (uri === undefined || uri === "") return startOwnServer();
  const client = clientOf(uri);
  afterAll(() => client.close());
  return { name: "the server of MONGODB_URI", uri, client };
};

/** The name of a database that nobody else uses. */
export const freshDatabase = (): string => `standin-test-${randomBytes(8).toString("hex")}`;
