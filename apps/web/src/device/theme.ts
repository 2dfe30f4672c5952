import { signal } from "@preact/signals";
import { keep, kept } from "./kept.ts";

/** `system`: as the device has it. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The colours in use. */
export const theme = signal<Theme>("system");

const show = (next: Theme): void => {
  theme.value = next;
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
};

/** Shows what was chosen on this device. */
export const startTheme = (): void => {
  const stored = kept("theme");
  show(themes.find((one) => one === stored) ?? "system");
};

/** Other colours from now on, on this device. */
export const chooseTheme = (next: Theme): void => {
  keep("theme", next === "system" ? null : next);
  show(next);
};
