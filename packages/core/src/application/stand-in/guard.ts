import { canary, instructions } from "../../domain/index.ts";
import { folded } from "../look-alike.ts";
import { claimsToBe, claimsToBeHuman } from "./claims.ts";
import { ownLinks } from "./links.ts";
import { plainText } from "./plain-text.ts";

/** What the guard has to know of the owner. */
export interface GuardContext {
  readonly ownerName: string;
  /** https URLs that the owner agreed to share. */
  readonly links: readonly string[];
  /** What the owner shared in words. Links in it may be said as well. */
  readonly texts: readonly string[];
  /** What stands for the placeholder; null: there is nobody to turn to. */
  readonly delegateName: string | null;
  /** A draft speaks in the owner's voice, and its owner reads it before it goes out. */
  readonly isDraft: boolean;
}

/** Longer output is no answer (R24), in characters as JavaScript counts them. */
const mostRaw = 20_000;

const lettersOf = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]+/gu, "");

/** What nobody says by chance: the canary, and the sentences of the instructions that are long enough. */
const secrets = [canary, ...instructions.split(/(?<=[.:])\s/u).filter((sentence) => sentence.length >= 60)].map(
  lettersOf,
);

/** Does it repeat the instructions, whatever stands between their letters? */
const repeatsInstructions = (text: string): boolean => {
  const letters = lettersOf(text);
  return secrets.some((secret) => letters.includes(secret));
};

/** The placeholder for the delegate's name, as the instructions have it or nearly. */
const placeholder = /\{\{ ?delegate ?\}\}/giu;

/** Is it data for a program, as it came in? */
const isJson = (text: string): boolean => {
  if (!/^[[{]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
};

/**
 * What may be said of a model's output, or null when it must not be used at all (R14, R17, R24). Code, after the model, for every provider: what a
 * model was told is a wish, this is a rule.
 */
export const guard = (raw: string, context: GuardContext): string | null => {
  const { ownerName, links, texts, delegateName, isDraft } = context;
  if (raw.length > mostRaw || repeatsInstructions(raw)) return null;
  const names = delegateName === null ? [ownerName] : [ownerName, delegateName];
  const own = ownLinks(links, [...texts, ...names]);
  const named = delegateName === null ? raw : raw.replace(placeholder, () => delegateName);
  const text = plainText(named, ownerName, own);
  if (text === null || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return null;
  if (repeatsInstructions(text) || text.search(placeholder) >= 0 || isJson(text)) return null;
  if (!isDraft && (claimsToBe(ownerName, text) || claimsToBeHuman(text))) return null;
  return text;
};
