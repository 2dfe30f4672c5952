import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createOpenAiDouble } from "../../packages/contract-tests/src/doubles/index.ts";

const main = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));
const movableClock = new URL("./movable-clock.ts", import.meta.url).href;

/** A server of its own, with a model that says what it is told and a clock that stands where it is put. */
export interface Stage {
  readonly url: string;
  /** What the model says from now on. */
  readonly modelSays: (text: string) => void;
  /** Puts the server's clock there, from where it runs on. */
  readonly clockTo: (at: Date) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the real server on an empty store. Rejects with what it says when it does not start. */
export const openStage = async (): Promise<Stage> => {
  const model = await createOpenAiDouble();
  const dataDir = mkdtempSync(join(tmpdir(), "standin-screenshots-"));
  const child = spawn(process.execPath, ["--conditions=@standin/source", "--import", movableClock, main], {
    env: {
      PATH: process.env["PATH"] ?? "",
      PORT: "0",
      DATA_DIR: dataDir,
      RATE_LIMITS: "off",
      LOG_LEVEL: "warn",
      AI_MERGE_WINDOW_MS: "50",
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: "none",
      OPENAI_MODEL: "llama3.2",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  child.stdout?.setEncoding("utf8");
  const [line] = (await once(child.stdout ?? child, "data")) as [string];
  const url = /http:\/\/\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the server did not start: ${line}`);
  return {
    url,
    modelSays: (text) =>
      model.answerWith(({ wire, response }) => {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(wire.answer(text)));
      }),
    clockTo: async (at) => {
      child.send(at.getTime());
      await once(child, "message");
    },
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      await model.close();
      rmSync(dataDir, { recursive: true });
    },
  };
};
