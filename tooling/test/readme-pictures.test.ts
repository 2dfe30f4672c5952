import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const folder = "docs/screenshots/";
const mostBytes = 150 * 1024;

/** The values of an attribute, in order. */
const valuesOf = (attribute: string, text: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, "g"))].map(([, value = ""]) => value);
const pictures = [...readme.matchAll(/<picture>.*?<\/picture>/gs)].map(([picture]) => picture);
const named = [...new Set(readme.match(/docs\/screenshots\/[\w.-]+/g) ?? [])].sort();

test("the README shows a phone and a desktop, each in the reader's own theme, and in words for whoever does not see them", () => {
  expect(pictures).toHaveLength(2);
  expect(named).toHaveLength(4);
  for (const picture of pictures) {
    expect(picture).toContain('<source media="(prefers-color-scheme: dark)"');
    const [light] = valuesOf("src", picture);
    expect(light).toMatch(/^docs\/screenshots\/\w+-(?:phone|desktop)-light\.webp$/);
    expect(valuesOf("srcset", picture)).toEqual([light?.replace("-light", "-dark")]);
    const [alt = ""] = valuesOf("alt", picture);
    expect(alt.split(" ").length).toBeGreaterThan(20);
  }
});

test("docs/screenshots holds the pictures that the README names, each small, and no other", () => {
  const there = readdirSync(new URL(folder, root)).map((name) => folder + name);
  expect(there.sort()).toEqual(named);
  for (const path of there) {
    const head = readFileSync(new URL(path, root)).subarray(0, 12).toString("latin1");
    expect(head, path).toMatch(/^RIFF.{4}WEBP$/s);
    expect(statSync(new URL(path, root)).size, path).toBeLessThan(mostBytes);
  }
});
