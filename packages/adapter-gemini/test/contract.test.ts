import { autoResponderContract, providerErrorText } from "@standin/contract-tests";
import { createGeminiDouble, providerBehaviours, providerContract, serverError } from "@standin/contract-tests/doubles";
import { testContract } from "@standin/contract-tests/vitest";
import { afterEach, expect, vi } from "vitest";
import { entries, key } from "./entries.ts";

const methods = ["debug", "error", "info", "log", "warn"] as const;
const spies = methods.map((method) => vi.spyOn(console, method));
/** Neither SDK may say anything on its own: what it says could quote the key or a message. */
afterEach(() => {
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

/** Of the responders that are to be answered, however long a busy machine takes to do so. */
const timeoutMs = 100_000;
const deadlineMs = 120_000;

for (const { name, createGeminiResponder } of entries) {
  testContract(autoResponderContract, {
    name: `Gemini over ${name}`,
    capabilities: { remoteProvider: true },
    create: async () => {
      const double = await createGeminiDouble();
      const behaviours = {
        answers: providerBehaviours.answer,
        stalls: providerBehaviours.hangBeforeHeaders,
        fails: serverError(providerErrorText),
      };
      return {
        port: createGeminiResponder({ apiKey: key, baseUrl: double.baseUrl, timeoutMs }),
        provider: (behaviour) => double.answerWith(behaviours[behaviour]),
        dispose: () => double.close(),
      };
    },
    deadlineMs,
  });

  testContract(providerContract, {
    name: `Gemini over ${name}`,
    capabilities: {},
    create: async () => {
      const double = await createGeminiDouble();
      const options = { apiKey: key, baseUrl: double.baseUrl };
      return {
        port: createGeminiResponder({ ...options, timeoutMs }),
        impatient: createGeminiResponder({ ...options, timeoutMs: 250 }),
        double,
        key,
        dispose: () => double.close(),
      };
    },
    deadlineMs,
  });
}
