import * as genai from "../src/genai/index.ts";
import * as archived from "../src/index.ts";

/** Both entries, to be held to the same tests, and the one field in which their requests differ. */
export const entries = [
  { name: "@google/generative-ai", createGeminiResponder: archived.createGeminiResponder, systemRole: "system" },
  { name: "@google/genai", createGeminiResponder: genai.createGeminiResponder, systemRole: "user" },
];

export const key = "AIzaDouble-8f2e61c0";
