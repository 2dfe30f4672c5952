import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createGeminiDouble, createOpenAiDouble, sayings } from "@standin/contract-tests/doubles";
import { expect, onTestFinished, test } from "vitest";
import { answerOfBusyPerson } from "../../../apps/server/test/busy-answer.ts";
import {
  cleanUpAfterwards,
  type Environment,
  runProgram,
  startServer,
} from "../../../apps/server/test/server-process.ts";

cleanUpAfterwards();

const command = [process.execPath, fileURLToPath(new URL("../start.mjs", import.meta.url))] as const;
const refusal = async (env: Environment) => {
  const { code, stdout, stderr } = await runProgram({ command, env });
  return { code, stdout, stderr };
};

/** A server with these models. */
const listing = async (...names: readonly string[]): Promise<string> => {
  const data = names.map((id) => ({ id, object: "model" }));
  const server = createServer((_, response) => response.end(JSON.stringify({ object: "list", data })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
};

test("the assistant answers with the local model, and no key and nobody else is asked", async () => {
  const [ollama, gemini] = [await createOpenAiDouble(), await createGeminiDouble()];
  onTestFinished(async () => {
    await Promise.all([ollama.close(), gemini.close()]);
  });
  const env = {
    OPENAI_BASE_URL: ollama.baseUrl,
    OPENAI_API_KEY: "sk-for-another-server",
    GEMINI_API_KEY: "not-for-here",
    GEMINI_BASE_URL: gemini.baseUrl,
    AI_MERGE_WINDOW_MS: "50",
  };
  const server = await startServer({ command, env });
  const { owner, answer } = await answerOfBusyPerson(server.url);
  expect(answer).toMatchObject({
    label: `${owner.username}'s assistant`,
    content: expect.stringContaining(sayings.answer),
    generator: { provider: "openai", model: "llama3.2" },
  });
  expect(ollama.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /v1/models",
    "POST /v1/chat/completions",
  ]);
  expect(gemini.requests).toEqual([]);
  expect(JSON.stringify(ollama.requests)).not.toContain("sk-for-another-server");
  expect((await server.stop()).code).toBe(0);
});

test("where Ollama does not answer, it says so", async () => {
  // Nobody is given a port so low; one that was free a moment ago may be somebody's by now.
  const url = "http://127.0.0.1:2/v1";
  expect(await refusal({ OPENAI_BASE_URL: url })).toEqual({
    code: 69,
    stdout: "",
    stderr: `Ollama does not answer at ${url}: start it with \`ollama serve\`, or set OPENAI_BASE_URL.\n`,
  });
});

test("where the model was not pulled, it says so; `llama3.2` is `llama3.2:latest`", async () => {
  expect(await refusal({ OPENAI_BASE_URL: await listing("qwen3:latest") })).toEqual({
    code: 66,
    stdout: "",
    stderr: "Ollama has no model llama3.2: run `ollama pull llama3.2`, or set OPENAI_MODEL.\n",
  });
  const server = await startServer({ command, env: { OPENAI_BASE_URL: await listing("llama3.2:latest") } });
  expect((await server.stop()).code).toBe(0);
});
