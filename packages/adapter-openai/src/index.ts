export { createOpenAiResponder, type OpenAiResponderOptions } from "./openai-responder.ts";
