import { signal } from "@preact/signals";

/** What Chromium hands out when the page may be installed; other browsers have a menu of their own for it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | null = null;

/** Can the page be installed with a button now? */
export const installable = signal(false);

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event as InstallPrompt;
  installable.value = true;
});

addEventListener("appinstalled", () => {
  installable.value = false;
});

/** Has the browser ask whether to install the page. */
export const install = async (): Promise<void> => {
  installable.value = false;
  await offered?.prompt();
  offered = null;
};
