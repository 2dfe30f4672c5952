/** Host and port as browsers write them; anything else is not repeated in a header. */
const isHost = (host: string): boolean => /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host);

/**
 * What the page may load and whom it may call: this server alone, no script and no style but its files.
 *
 * @param host the `Host` header. Not every browser counts a WebSocket to the own host as `'self'`, so it is named.
 */
export const contentSecurityPolicy = (host: string | undefined): string => {
  const sockets = host !== undefined && isHost(host) ? ` ws://${host} wss://${host}` : "";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
};
