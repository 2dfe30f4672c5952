// Draws the page's icons as PNG from the SVG that is their source.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findBrowser, launchBrowser } from "./browser.ts";

const folder = fileURLToPath(new URL("../../apps/web/public/icons/", import.meta.url));
const svg = readFileSync(`${folder}standin.svg`, "utf8");

interface Icon {
  readonly file: string;
  readonly size: number;
  /** Systems that cut icons into a shape of their own want the ground to fill the square, and all else within its middle. */
  readonly maskable: boolean;
}

const icons: readonly Icon[] = [
  { file: "standin-180.png", size: 180, maskable: true },
  { file: "standin-192.png", size: 192, maskable: false },
  { file: "standin-512.png", size: 512, maskable: false },
  { file: "standin-maskable-512.png", size: 512, maskable: true },
];

const executable = findBrowser();
if (executable === null) throw new Error("no Chromium is on this machine: CHROMIUM_PATH may say where one is");
const browser = await launchBrowser(executable);
const page = await browser.newPage();
for (const { file, size, maskable } of icons) {
  await page.setViewportSize({ width: size, height: size });
  const inner = maskable ? Math.round(size * 0.8) : size;
  const ground = maskable ? "#1d5c54" : "transparent";
  await page.setContent(
    `<body style="margin:0;background:${ground};display:grid;place-content:center;height:100vh">${svg.replace("<svg", `<svg width="${inner}" height="${inner}"`)}</body>`,
  );
  await page.screenshot({ path: folder + file, omitBackground: true });
  process.stdout.write(`${file}\n`);
}
await browser.close();
