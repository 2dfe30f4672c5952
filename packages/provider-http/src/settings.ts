export interface ProviderSettings {
  readonly apiKey: string | undefined;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/**
 * Checks what an operator configured, once, at the start: later a bad key would be an odd error on every call.
 *
 * @throws {TypeError} when the key cannot be a header's value or `baseUrl` is no http address. The message never holds the key.
 * @throws {RangeError} when a timer cannot wait so long.
 */
export const checkProviderSettings = ({ apiKey, baseUrl, timeoutMs }: ProviderSettings): ProviderSettings => {
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError("`apiKey` must be one word of printable ASCII characters");
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? ""))
    throw new TypeError("`baseUrl` must be an absolute http or https address");
  if (!(timeoutMs >= 1 && timeoutMs < 2 ** 31))
    throw new RangeError("`timeoutMs` must be from 1 to 2,147,483,647 milliseconds");
  return { apiKey, baseUrl: baseUrl.replace(/\/+$/, ""), timeoutMs };
};
