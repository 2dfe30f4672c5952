export {
  answer,
  type ProviderBehaviour,
  type ProviderBehaviourName,
  type ProviderExchange,
  providerBehaviours,
  rateLimited,
  sayings,
  serverError,
} from "./behaviours.ts";
export { type ProviderOutcome, providerOutcomes } from "./outcomes.ts";
export { type ProviderSubject, providerContract } from "./provider-contract.ts";
export {
  createGeminiDouble,
  createOpenAiDouble,
  createProviderDouble,
  type ProviderDouble,
} from "./provider-double.ts";
export type { ProviderFault, ProviderWire, RecordedRequest, WireResponse } from "./provider-wire.ts";
export { stagedProvider } from "./staged-provider.ts";
