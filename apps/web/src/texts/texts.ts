import { computed, signal } from "@preact/signals";
import { keep, kept } from "../device/kept.ts";
import type { Texts } from "./en.ts";

/** The languages that the page speaks, by their names in themselves. */
export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

const load: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import("./en.ts")).en,
  de: async () => (await import("./de.ts")).de,
};

const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag);

/** The person's choice, or null for what the browser asks for. */
export const chosenLanguage = signal<Language | null>(null);

const wanted = (): Language => {
  if (chosenLanguage.value !== null) return chosenLanguage.value;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "en";
};

const loaded = signal<Texts | null>(null);

const show = async (): Promise<void> => {
  const texts = await load[wanted()]();
  document.documentElement.lang = texts.language;
  loaded.value = texts;
};

/** Loads the sentences; nothing can be shown before. */
export const startTexts = (): Promise<void> => {
  const stored = kept("language");
  chosenLanguage.value = stored !== null && isLanguage(stored) ? stored : null;
  return show();
};

/** Another language, or null to follow the browser, from now on and on this device. */
export const chooseLanguage = (language: Language | null): Promise<void> => {
  chosenLanguage.value = language;
  keep("language", language);
  return show();
};

/** The sentences of the language in use; a component that reads it follows a change. */
export const t = (): Texts => {
  const texts = loaded.value;
  if (texts === null) throw new Error("the texts are read before they are loaded");
  return texts;
};

/**
 * For dates and numbers: the browser's own variant of the language in use (such as en-GB) where it has one, since that knows the
 * person's way to write a date.
 */
export const locale = computed<string>(() => {
  const { language } = t();
  return navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? language;
});
