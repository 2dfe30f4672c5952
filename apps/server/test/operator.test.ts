import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { call, history, type Person, seenBy, send, signIn, signUp } from "./people.ts";
import {
  cleanUpAfterwards,
  runProgram,
  type ServerProcess,
  startServer,
  temporaryDirectory,
} from "./server-process.ts";

cleanUpAfterwards();

test("--help lists commands and variables, and needs no configuration", async () => {
  const { code, stdout, stderr } = await runProgram({ args: ["--help"], env: { PORT: "nonsense" } });
  expect(stdout).toMatch(/--reset-password EMAIL.*--delete-user EMAIL.*--new-epoch.*DATA_DIR/s);
  expect([code, stderr]).toEqual([0, ""]);
});

test.concurrent.each([
  [["--nonsense"]],
  [["serve"]],
  [["--reset-password"]],
  [["--reset-password", "--new-epoch"]],
  [["--delete-user", ""]],
  [["--new-epoch", "--delete-user", "a@example.org"]],
  [["--new-epoch", "now"]],
])("%j is wrong usage: a sentence, and 64", async (args) => {
  const { code, stdout, stderr } = await runProgram({ args, dataDir: temporaryDirectory() });
  expect(stderr).toMatch(/^\S[^\n]+\(see --help\)\n$/);
  expect([code, stdout]).toEqual([64, ""]);
});

test("a directory in which no server ever worked is refused and stays empty", async () => {
  const dataDir = temporaryDirectory();
  const { code, stderr } = await runProgram({ args: ["--new-epoch"], dataDir });
  expect(stderr).toContain(`DATA_DIR: found ${JSON.stringify(dataDir)}`);
  expect(code).toBe(78);
  const { readdirSync } = await import("node:fs");
  expect(readdirSync(dataDir)).toEqual([]);
});

describe.each(["beside the running server", "without a server"])("%s", (when) => {
  const running = when === "beside the running server";
  let server: ServerProcess;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startServer();
    ann = await signUp(server.url, "ann");
    bob = await signUp(server.url, "bob");
    await send(server.url, ann, bob, "Hello");
  });
  afterAll(async () => {
    await server?.stop();
  });

  /** Runs a command with the server running or not, and sees to it that it runs afterwards. */
  const operate = async (...args: string[]) => {
    if (!running) await server.stop();
    const ended = await runProgram({ args, dataDir: server.dataDir });
    if (!running) server = await startServer({ dataDir: server.dataDir });
    return ended;
  };

  test.each(["--reset-password", "--delete-user"])(
    "%s of an unknown address ends with 1 and a sentence",
    async (name) => {
      const { code, stdout, stderr } = await operate(name, "nobody@example.org");
      expect(stderr).toContain("No account has the e-mail address nobody@example.org");
      expect([code, stdout]).toEqual([1, ""]);
    },
  );

  test("--reset-password prints a new password alone, and ends all sessions", async () => {
    const device = running ? await connect(server.url, ann.token) : null;
    const { code, stdout } = await operate("--reset-password", ann.email.toUpperCase());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]{16,}\n$/);
    await device?.next("disconnect");
    expect((await call(server.url, "GET", "/me", { token: ann.token })).status).toBe(401);
    expect((await signIn(server.url, ann)).status).toBe(400);
    const answer = await signIn(server.url, { email: ann.email, password: stdout.trim() });
    expect(answer.status).toBe(200);
    ann = { ...ann, token: answer.body.token, password: stdout.trim() };
  });

  test("--new-epoch gives the store another one, which is printed", async () => {
    const epoch = async () => (await call(server.url, "GET", "/conversations", { token: bob.token })).body.epoch;
    const before = await epoch();
    const { code, stdout } = await operate("--new-epoch");
    expect(code).toBe(0);
    expect(await epoch()).toBe(stdout.trim());
    expect(stdout.trim()).not.toBe(before);
  });

  test("--delete-user ends the sessions and frees the address; the messages stay for the other person", async () => {
    const before = await history(server.url, bob, ann);
    const { code } = await operate("--delete-user", ann.email);
    expect(code).toBe(0);
    expect((await call(server.url, "GET", "/me", { token: ann.token })).status).toBe(401);
    expect((await signIn(server.url, ann)).status).toBe(400);
    expect(await seenBy(server.url, bob, ann)).toBeUndefined();
    expect(await history(server.url, bob, ann)).toEqual(before);
    const { body } = await call(server.url, "GET", "/conversations", { token: bob.token });
    expect(body.conversations).toEqual([
      expect.objectContaining({ user: expect.objectContaining({ id: ann.id, username: "deleted user" }) }),
    ]);
    const again = { email: ann.email, password: "a new password", username: "Somebody else" };
    expect((await call(server.url, "POST", "/signup", { body: again })).status).toBe(201);
  });
});
