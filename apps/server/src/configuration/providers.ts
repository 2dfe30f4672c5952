import { orderOf } from "./value-kinds.ts";
import { geminiModel, type Values } from "./variables.ts";

/** A model to ask, and where: `baseUrl` undefined is the provider's own address, `apiKey` undefined a server that asks for none. */
export type Provider =
  | {
      readonly provider: "gemini";
      readonly apiKey: string;
      readonly model: string;
      readonly baseUrl: string | undefined;
    }
  | {
      readonly provider: "openai";
      readonly apiKey: string | undefined;
      readonly model: string;
      readonly baseUrl: string | undefined;
    };

const known = ["gemini", "openai"] as const;

/** The providers of a good environment, in the order in which they are asked. */
export const providersOf = (values: Values): readonly Provider[] => {
  const { GEMINI_API_KEY, GEMINI_MODEL, GEMINI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, OPENAI_BASE_URL } = values;
  const configured = new Map<string, Provider>();
  if (GEMINI_API_KEY !== undefined)
    configured.set("gemini", {
      provider: "gemini",
      apiKey: GEMINI_API_KEY,
      model: GEMINI_MODEL ?? geminiModel,
      baseUrl: GEMINI_BASE_URL,
    });
  if (OPENAI_MODEL !== undefined)
    configured.set("openai", {
      provider: "openai",
      apiKey: OPENAI_API_KEY,
      model: OPENAI_MODEL,
      baseUrl: OPENAI_BASE_URL,
    });
  return (values.AI_PROVIDERS ?? known).flatMap((name) => configured.get(name) ?? []);
};

/**
 * What is wrong with the variables of providers beside each other, one sentence each; what is wrong with one alone is found elsewhere.
 *
 * @param textOf - the text of a variable; null: unset
 */
export const providerMistakes = (textOf: (name: keyof Values) => string | null): readonly string[] => {
  const setOf = (...names: readonly (keyof Values)[]) => names.find((name) => textOf(name) !== null);
  const order = textOf("AI_PROVIDERS");
  const asked = order === null ? undefined : orderOf(...known).schema.safeParse(order).data;
  const found = `found ${JSON.stringify(order)}`;
  const mistakes: string[] = [];

  const geminiDetail = setOf("GEMINI_MODEL", "GEMINI_BASE_URL");
  if (setOf("GEMINI_API_KEY") === undefined) {
    if (geminiDetail !== undefined) mistakes.push(`GEMINI_API_KEY: found nothing with ${geminiDetail}, expected a key`);
    if (asked?.includes("gemini")) mistakes.push(`AI_PROVIDERS: ${found}, expected a GEMINI_API_KEY with it`);
  }

  const openAi = setOf("OPENAI_API_KEY", "OPENAI_BASE_URL");
  const openAiWanted = asked === undefined || asked.includes("openai");
  if (openAi === undefined) {
    if (setOf("OPENAI_MODEL") !== undefined)
      mistakes.push("OPENAI_API_KEY: found nothing with OPENAI_MODEL, expected a key, or an OPENAI_BASE_URL");
    if (asked?.includes("openai"))
      mistakes.push(`AI_PROVIDERS: ${found}, expected an OPENAI_API_KEY or OPENAI_BASE_URL with it`);
  } else if (openAiWanted && setOf("OPENAI_MODEL") === undefined) {
    mistakes.push(
      `OPENAI_MODEL: found nothing with ${openAi}, expected the name of a model, or AI_PROVIDERS without openai`,
    );
  }
  return mistakes;
};
