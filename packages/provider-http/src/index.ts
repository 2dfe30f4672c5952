export {
  callProvider,
  maxAnswerBytes,
  type ProviderCall,
  type ProviderError,
  type ProviderFetch,
} from "./call-provider.ts";
export { field } from "./field.ts";
export { checkProviderSettings, type ProviderSettings } from "./settings.ts";
