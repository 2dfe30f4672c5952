// The reference server, with answers by Gemini. Like tools/run.mjs, it has no dependency and runs on Node.js 18.
const { env } = process;
// Nobody else is asked, whatever else is set.
env.AI_PROVIDERS = "gemini";

if (!env.GEMINI_API_KEY) {
  console.error("There is no key for Gemini: set GEMINI_API_KEY to one from https://aistudio.google.com/apikey.");
  process.exit(77); // EX_NOPERM of sysexits.h
}

process.argv.splice(2, 0, "serve");
await import("../../tools/run.mjs");
