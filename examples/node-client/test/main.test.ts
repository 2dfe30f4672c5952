import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const chat = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const server = fileURLToPath(new URL("../../../apps/server/src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "standin-node-client-"));
const children = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  // As long as one lives, it may write into the folder.
  await Promise.all([...children].map(ended));
  rmSync(folder, { recursive: true, force: true });
});

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
};

interface Program {
  readonly child: ChildProcess;
  write(line: string): void;
  /** Resolves with what it said, once that is in it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

const run = (file: string, args: readonly string[], env: Readonly<Record<string, string>>): Program => {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--conditions=@standin/source", file, ...args], {
    env: { PATH, HOME, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.add(child);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return {
    child,
    write: (line) => void child.stdin.write(`${line}\n`),
    says: async (pattern) => {
      const end = performance.now() + 45_000;
      for (;;) {
        const found = pattern.exec(said);
        if (found !== null) return found;
        if (performance.now() > end) throw new Error(`it never said ${pattern}, but:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
};

const startServer = async (): Promise<{ readonly program: Program; readonly url: string }> => {
  const env = { PORT: "0", DATA_DIR: join(folder, "data"), LOG_LEVEL: "silent" };
  const program = run(server, [], env);
  const [, url = ""] = await program.says(/listening on (http:\S+)/);
  return { program, url };
};

test("two people chat; what is written while the server is away arrives after both were started anew", async () => {
  const first = await startServer();
  const open = (name: string, url: string): Program =>
    run(chat, [`${name.toLowerCase()}@example.org`, "correct horse", name], {
      STANDIN_URL: url,
      STANDIN_FILE: join(folder, `${name}.json`),
    });
  const ada = open("Ada", first.url);
  const bob = open("Bob", first.url);
  await Promise.all([ada.says(/Hello, Ada\. 0 unsent/), bob.says(/Hello, Bob\. 0 unsent/)]);
  await Promise.all([ada.says(/· online/), bob.says(/· online/)]);

  ada.write("Bob: are you there?");
  await ada.says(/✓ Bob has it, as number 1/);
  await bob.says(/^Ada: are you there\?$/m);
  ada.write("Nobody: hello?");
  await ada.says(/\? There is no Nobody/);

  bob.write("Ada: yes");
  await ada.says(/^Bob: yes$/m);
  first.program.child.kill("SIGKILL");
  await ended(first.program.child);
  await ada.says(/· online\n(.*\n)*· connecting/);
  ada.write("Bob: good night");
  ada.child.stdin?.end();
  bob.child.stdin?.end();
  await Promise.all([ada, bob].map(({ child }) => ended(child)));
  expect([ada.child.exitCode, bob.child.exitCode]).toEqual([0, 0]);

  // At another address: by now somebody else may have the port.
  const second = await startServer();
  const again = open("Ada", second.url);
  await again.says(/Hello, Ada\. 1 unsent/);
  await open("Bob", second.url).says(/^Ada: good night$/m);
}, 120_000);
