// The reference server, with answers by a model that Ollama runs on this machine. Like tools/run.mjs, it has no dependency and runs on Node.js 18.
const { env } = process;
env.OPENAI_BASE_URL ||= "http://127.0.0.1:11434/v1";
env.OPENAI_MODEL ||= "llama3.2";
// A key in the environment is for another server than this one.
delete env.OPENAI_API_KEY;
// Nobody else is asked, whatever else is set: what people write stays here.
env.AI_PROVIDERS = "openai";
// The first answer has to wait until the model is in memory.
env.AI_TIMEOUT_MS ||= "60000";
env.AI_TOTAL_TIMEOUT_MS ||= "90000";

/** Ends here, with one sentence that says what to do. The codes are those of sysexits.h. */
const giveUp = (exitCode, sentence) => {
  console.error(sentence);
  process.exit(exitCode);
};

/** What Ollama answers to the question for its models; undefined: it does not answer. */
const askForModels = async () => {
  try {
    const response = await fetch(`${env.OPENAI_BASE_URL}/models`, { signal: AbortSignal.timeout(10_000) });
    return await response.json();
  } catch {
    return undefined;
  }
};

const answer = await askForModels();
if (answer === undefined)
  giveUp(
    69,
    `Ollama does not answer at ${env.OPENAI_BASE_URL}: start it with \`ollama serve\`, or set OPENAI_BASE_URL.`,
  );
const names = Array.isArray(answer?.data) ? answer.data.map(({ id }) => id) : [env.OPENAI_MODEL];
if (!names.includes(env.OPENAI_MODEL) && !names.includes(`${env.OPENAI_MODEL}:latest`))
  giveUp(66, `Ollama has no model ${env.OPENAI_MODEL}: run \`ollama pull ${env.OPENAI_MODEL}\`, or set OPENAI_MODEL.`);

process.argv.splice(2, 0, "serve");
await import("../../tools/run.mjs");
