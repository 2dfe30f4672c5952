import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where a Chromium may be, in the order in which it is looked for. */
const places = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/** The browser of this machine; null: there is none. A path that was given and leads nowhere is an error. */
export const findBrowser = (): string | null => {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && !existsSync(given)) throw new Error(`CHROMIUM_PATH: nothing is at ${given}`);
  return places.find((path) => path !== undefined && existsSync(path)) ?? null;
};

/** Starts it without a window, and without a word to anybody else. */
export const launchBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
