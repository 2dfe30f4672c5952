import { autoResponderContract, providerErrorText } from "@standin/contract-tests";
import { createOpenAiDouble, providerBehaviours, providerContract, serverError } from "@standin/contract-tests/doubles";
import { testContract } from "@standin/contract-tests/vitest";
import { afterEach, expect, vi } from "vitest";
import { createOpenAiResponder } from "../src/index.ts";

const methods = ["debug", "error", "info", "log", "warn"] as const;
const spies = methods.map((method) => vi.spyOn(console, method));
/** The SDK may say nothing on its own: what it says could quote the key or a message. */
afterEach(() => {
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

const model = "llama3.2";
/** Of the responders that are to be answered, however long a busy machine takes to do so. */
const timeoutMs = 100_000;
const deadlineMs = 120_000;

for (const key of ["sk-double-4f9a0c", null]) {
  const name = key === null ? "OpenAI's format, without a key" : "OpenAI's format, with a key";
  const keyOption = key === null ? {} : { apiKey: key };

  testContract(autoResponderContract, {
    name,
    capabilities: { remoteProvider: true },
    create: async () => {
      const double = await createOpenAiDouble();
      const behaviours = {
        answers: providerBehaviours.answer,
        stalls: providerBehaviours.hangBeforeHeaders,
        fails: serverError(providerErrorText),
      };
      return {
        port: createOpenAiResponder({ ...keyOption, model, baseUrl: double.baseUrl, timeoutMs }),
        provider: (behaviour) => double.answerWith(behaviours[behaviour]),
        dispose: () => double.close(),
      };
    },
    deadlineMs,
  });

  testContract(providerContract, {
    name,
    capabilities: {},
    create: async () => {
      const double = await createOpenAiDouble();
      const options = { ...keyOption, model, baseUrl: double.baseUrl };
      return {
        port: createOpenAiResponder({ ...options, timeoutMs }),
        impatient: createOpenAiResponder({ ...options, timeoutMs: 250 }),
        double,
        key,
        dispose: () => double.close(),
      };
    },
    deadlineMs,
  });
}
