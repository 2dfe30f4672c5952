/** How long a slow server may keep somebody from what is here already, in milliseconds. */
const patienceMs = 3_000;

/** A file whose name has its content's hash in it never changes. */
const isImmutable = (path: string): boolean => path.startsWith("/assets/");

const kept = async (cacheName: string, path: string): Promise<Response | undefined> =>
  (await caches.open(cacheName)).match(path);

/**
 * One of the page's own files: an immutable one from the cache, the rest from the server, and from the cache when the server is
 * away, slow or failing.
 */
export const answerFrom = async (cacheName: string, request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  const copy = await kept(cacheName, pathname);
  if (copy === undefined) return fetch(request);
  if (isImmutable(pathname)) return copy;
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    return fresh.ok ? fresh : copy;
  } catch {
    return copy;
  }
};
