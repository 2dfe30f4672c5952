import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createDirectoryLock } from "../src/index.ts";
import { temporaryDirectory } from "./fixtures.ts";

test("of two holders the second is refused until the first lets go", () => {
  const path = join(temporaryDirectory(), "server.lock");
  const first = createDirectoryLock(path);
  expect(() => createDirectoryLock(path)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  first.release();
  const second = createDirectoryLock(path);
  // Letting go again is not letting go for the other.
  first.release();
  expect(() => createDirectoryLock(path)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  second.release();
});

test("a process that is killed frees its lock", async () => {
  const path = join(temporaryDirectory(), "server.lock");
  const script = fileURLToPath(import.meta.resolve("./hold-lock.ts"));
  const holder = spawn(process.execPath, ["--conditions=@standin/source", script, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    holder.kill("SIGKILL");
  });
  const [said] = await once(holder.stdout, "data");
  expect(String(said)).toBe("held\n");
  expect(() => createDirectoryLock(path)).toThrow(expect.objectContaining({ code: "CONFLICT" }));

  holder.kill("SIGKILL");
  await once(holder, "exit");
  createDirectoryLock(path).release();
});

test("a directory that is not there is named", () => {
  const path = join(temporaryDirectory(), "missing", "server.lock");
  expect(() => createDirectoryLock(path)).toThrow(expect.objectContaining({ name: "StoreRefused", path }));
});
