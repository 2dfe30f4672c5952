import { signal } from "@preact/signals";

/** The device's clock, in milliseconds, moved on twice a minute: enough for "Today" and "busy until". */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 30_000);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) now.value = Date.now();
});
