/** What a page of an allowed origin needs to be shown an answer. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  "access-control-allow-origin": origin,
  "access-control-expose-headers": "date, retry-after",
  vary: "Origin",
});

/** What it needs before it may ask. */
export const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  "access-control-allow-methods": methods.join(", "),
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "600",
});
