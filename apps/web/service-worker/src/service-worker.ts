// What makes the page start without a connection: it keeps the page's own files, and nothing of what people write. Those live in
// the client's storage. The build puts the two constants in.
import { answerFrom } from "./answer.ts";
import { openPage } from "./open-page.ts";

declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const cacheName = `standin-page-${__VERSION__}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      // `reload`: what the browser's own cache holds may be from another build.
      await cache.addAll(__FILES__.map((path) => new Request(path, { cache: "reload" })));
      // The new page's script starts only after a reload, so that taking over at once mixes nothing.
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith("standin-page-") && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  // Everything else is the API's: never from a cache.
  if (url.pathname !== "/" && !__FILES__.includes(url.pathname)) return;
  event.respondWith(answerFrom(cacheName, request));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(self.clients, event.notification.data));
});
