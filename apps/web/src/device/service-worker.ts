import { goTo } from "../shell/route.ts";

/** Has the service worker keep the page for times without a connection, where the browser has one. */
export const startServiceWorker = async (): Promise<void> => {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<{ readonly open?: unknown }>) => {
    if (typeof data?.open === "string") goTo(data.open.replace(/^\//, ""));
  });
  try {
    await navigator.serviceWorker.register("/service-worker.js");
  } catch {
    // The connection went, or the browser forbids it: the page works on, as long as there is a connection. The next start tries again.
    return;
  }
  // Asked for once the page is of use to somebody; browsers decide for themselves, and may always refuse.
  await navigator.storage?.persist?.();
};
