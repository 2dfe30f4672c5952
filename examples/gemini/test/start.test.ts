import { fileURLToPath } from "node:url";
import { createGeminiDouble, sayings } from "@standin/contract-tests/doubles";
import { expect, onTestFinished, test } from "vitest";
import { answerOfBusyPerson } from "../../../apps/server/test/busy-answer.ts";
import { cleanUpAfterwards, runProgram, startServer } from "../../../apps/server/test/server-process.ts";

cleanUpAfterwards();

const command = [process.execPath, fileURLToPath(new URL("../start.mjs", import.meta.url))] as const;

test("the assistant answers with Gemini, and nobody else is asked", async () => {
  const gemini = await createGeminiDouble();
  onTestFinished(() => gemini.close());
  const env = {
    GEMINI_API_KEY: "AIza-of-an-example",
    GEMINI_BASE_URL: gemini.baseUrl,
    OPENAI_API_KEY: "not-for-here",
    AI_MERGE_WINDOW_MS: "50",
    // Far more than the double takes on a slow machine.
    AI_TIMEOUT_MS: "60000",
    AI_TOTAL_TIMEOUT_MS: "60000",
  };
  const server = await startServer({ command, env });
  const { owner, answer } = await answerOfBusyPerson(server.url);
  expect(answer).toMatchObject({
    label: `${owner.username}'s assistant`,
    content: expect.stringContaining(sayings.answer),
    generator: { provider: "gemini", model: "gemini-pro-latest" },
  });
  expect(gemini.requests).toHaveLength(1);
  expect((await server.stop()).code).toBe(0);
});

test("without a key it says so", async () => {
  const { code, stdout, stderr } = await runProgram({ command });
  expect({ code, stdout, stderr }).toEqual({
    code: 77,
    stdout: "",
    stderr: "There is no key for Gemini: set GEMINI_API_KEY to one from https://aistudio.google.com/apikey.\n",
  });
});
