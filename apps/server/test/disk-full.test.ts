import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { call, type Json, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, startServer } from "./server-process.ts";

cleanUpAfterwards();

/** Of util-linux, which every Linux system has. */
const program = "prlimit";

/** Sets how large a file of the process may grow: the system refuses what goes beyond, as a full disk does, and no rights are needed for it. */
const limitFiles = (pid: number, bytes: number | "unlimited"): void => {
  execFileSync(program, ["--pid", `${pid}`, `--fsize=${bytes}:unlimited`]);
};

const canLimit = spawnSync(program, ["--version"]).status === 0;

// Promise A12.
test.skipIf(!canLimit)(
  `when nothing more can be written, sends are refused, what is stored can be read, and it heals by itself${canLimit ? "" : " (NOT RUN: no prlimit)"}`,
  async () => {
    const server = await startServer({ env: { RATE_LIMITS: "off" } });
    const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
    const sent: Json[] = [];
    const trySend = async (clientMsgId: string) => {
      const body = { to: bob.id, message: "x".repeat(4_000), clientMsgId };
      const answer = await call(server.url, "POST", "/user/message", { token: ann.token, body });
      if (answer.status === 200) sent.push(answer.body.sent);
      return answer;
    };
    await trySend("before");

    const log = join(server.dataDir, "standin.db-wal");
    limitFiles(server.pid, statSync(log).size + 40_000);
    let number = 0;
    const refused = await eventually(
      () => {
        number += 1;
        return trySend(`filling-${number}`);
      },
      ({ status }) => status !== 200,
    );
    expect([refused.status, refused.body.code]).toEqual([503, "UNAVAILABLE"]);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(refused.body.message).not.toMatch(/sqlite|disk|file/i);
    expect((await call(server.url, "GET", "/healthz")).status).toBe(200);
    expect(await wholeHistory(server.url, bob, ann)).toMatchObject(sent.map(({ _id, seq }) => ({ _id, seq })));

    limitFiles(server.pid, "unlimited");
    // The same send again: it was not stored, or this is its first answer.
    const healed = await eventually(
      () => trySend(`filling-${number}`),
      ({ status }) => status === 200,
    );
    expect(healed.body.sent.seq).toBe(sent.length);
    expect((await wholeHistory(server.url, bob, ann)).map(({ _id }) => _id)).toEqual(sent.map(({ _id }) => _id));

    expect((await server.stop()).code).toBe(0);
    const again = await server.again();
    expect((await wholeHistory(again.url, bob, ann)).map(({ _id }) => _id)).toEqual(sent.map(({ _id }) => _id));
    await again.stop();
  },
);
