import { computed, signal } from "@preact/signals";
import { client } from "./client.ts";

/** How long a connection may take before the page says so, in milliseconds: most gaps are over before anybody would care. */
const quietMs = 2_500;

const connected = signal(false);
const late = signal(false);
const network = signal(navigator.onLine);

/** `connecting`: it is being made, and nobody need worry yet. `offline`: there is none, and it may take a while. */
export const connection = computed<"online" | "connecting" | "offline">(() => {
  if (connected.value) return "online";
  return late.value || !network.value ? "offline" : "connecting";
});

/** Follows the connection from now on. */
export const startConnection = (): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    clearTimeout(timer);
    connected.value = client.connection === "online";
    late.value = false;
    if (!connected.value)
      timer = setTimeout(() => {
        late.value = true;
      }, quietMs);
  };
  client.on("connection", follow);
  follow();
  addEventListener("online", () => {
    network.value = true;
    client.reconnect();
  });
  addEventListener("offline", () => {
    network.value = false;
  });
};
