import { signal } from "@preact/signals";
import type { Message } from "@standin/client";
import { client } from "../chat/client.ts";
import { withoutLabel } from "../chat/entry.ts";
import { conversationAddress, goTo } from "../shell/route.ts";
import { t } from "../texts/texts.ts";
import { keep, kept } from "./kept.ts";
import { isLookedAt, startLookedAt } from "./looked-at.ts";

const name = "notifications";

/** Does the person want to hear of messages while the page is hidden? The browser must allow it as well. */
export const notifications = signal(kept(name) === "on");

/** What the browser says. */
export const permission = (): NotificationPermission | "unsupported" =>
  "Notification" in globalThis ? Notification.permission : "unsupported";

/** Switches them on, after asking the browser, or off. */
export const chooseNotifications = async (wanted: boolean): Promise<void> => {
  const allowed = wanted && permission() !== "unsupported" && (await Notification.requestPermission()) === "granted";
  keep(name, allowed ? "on" : null);
  notifications.value = allowed;
};

const show = async (title: string, body: string, peer: string): Promise<void> => {
  if (await isLookedAt()) return;
  const options = { body, tag: peer, icon: "/icons/standin-192.png", data: peer };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker !== undefined) return worker.showNotification(title, options);
  const notification = new Notification(title, options);
  notification.onclick = () => {
    focus();
    goTo(conversationAddress(peer));
    notification.close();
  };
};

const mayShow = (): boolean => notifications.value && permission() === "granted";

const bodyOf = (message: Message): string =>
  message.origin === "standin" ? withoutLabel(message) : message.content.slice(0, 200);

/** Tells of what arrives while nobody looks, from now on. */
export const startNotifications = (): void => {
  startLookedAt();
  client.on("message", ({ peer, message }) => {
    if (!mayShow() || message.sender !== peer || message.blocked === true) return;
    const who = client.user(peer)?.username ?? "Standin";
    show(message.origin === "standin" ? t().standin.badge(who) : who, bodyOf(message), peer).catch(() => undefined);
  });
  client.on("standinUrgent", ({ from }) => {
    if (!mayShow()) return;
    const who = client.user(from)?.username ?? "Standin";
    show(who, t().standin.urgent(who), from).catch(() => undefined);
  });
};
