import { signal } from "@preact/signals";
import { client } from "../chat/client.ts";

/**
 * The server's time, in milliseconds, moved on twice a minute and whenever the server has just been heard: enough for "Today" and
 * "busy until".
 */
export const now = signal(client.now());

const moveOn = (): void => {
  now.value = client.now();
};

client.on("synced", moveOn);
setInterval(moveOn, 30_000);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) moveOn();
});
