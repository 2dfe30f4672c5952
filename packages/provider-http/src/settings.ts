export interface ProviderSettings {
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/**
 * Checks what an operator configured, once, at the start: later a bad key would be an odd error on every call.
 *
 * @throws {TypeError} when the key cannot be a header's value, there is no model, or `baseUrl` is no http address. The message never holds the key.
 * @throws {RangeError} when a timer cannot wait so long.
 */
export const checkProviderSettings = ({ apiKey, model, baseUrl, timeoutMs }: ProviderSettings): ProviderSettings => {
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError("`apiKey` must be one word of printable ASCII characters");
  // Whoever has no types may have left it out.
  if (typeof model !== "string" || model === "") throw new TypeError("`model` must be the name of a model");
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? ""))
    throw new TypeError("`baseUrl` must be an absolute http or https address");
  if (!(timeoutMs >= 1 && timeoutMs < 2 ** 31))
    throw new RangeError("`timeoutMs` must be from 1 to 2,147,483,647 milliseconds");
  return { apiKey, model, baseUrl: baseUrl.replace(/\/+$/, ""), timeoutMs };
};
