/** `none`: no browser speaks. `own` and `allowed` may go on; `foreign` may not. */
export type OriginVerdict = "none" | "own" | "allowed" | "foreign";

/**
 * Whose page sends this request? Browsers write an origin in one form only, so anything but an exact match is foreign, and so is
 * `null`, which sandboxed pages and local files send.
 *
 * @param origin - the `Origin` header; undefined where there is none
 */
export const judgeOrigin = (
  origin: string | undefined,
  ownOrigins: readonly string[],
  allowedOrigins: readonly string[] = [],
): OriginVerdict => {
  if (origin === undefined) return "none";
  if (origin === "null") return "foreign";
  if (ownOrigins.includes(origin)) return "own";
  return allowedOrigins.includes(origin) ? "allowed" : "foreign";
};
