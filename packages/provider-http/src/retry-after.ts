const wait = (ms: number): number | undefined => (Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : undefined);

/**
 * How long a provider asks to be left alone, in milliseconds; undefined: it does not say. Reads `Retry-After`, in seconds or as a
 * date (RFC 9110, 10.2.3), and before it `retry-after-ms`, which OpenAI and its kin send beside it.
 */
export const retryAfterOf = (headers: Headers, now: number): number | undefined => {
  const exact = headers.get("retry-after-ms")?.trim();
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact)) return wait(Number(exact));
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  return wait(/^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now);
};
