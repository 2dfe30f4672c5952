import { canary, delegatePlaceholder } from "../../domain/index.ts";
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

/** Does it repeat the instructions, whatever stands between their letters? */
const hasCanary = (text: string): boolean => lettersOf(text).includes(lettersOf(canary));

/**
 * What may be said of a model's output, or null when it must not be used at all (R14, R17, R24). Code, after the model, for every provider: what a
 * model was told is a wish, this is a rule.
 */
export const guard = (raw: string, context: GuardContext): string | null => {
  const { ownerName, links, texts, delegateName, isDraft } = context;
  if (raw.length > mostRaw || hasCanary(raw)) return null;
  const names = delegateName === null ? [ownerName] : [ownerName, delegateName];
  const own = ownLinks(links, [...texts, ...names]);
  const named = delegateName === null ? raw : raw.replaceAll(delegatePlaceholder, () => delegateName);
  const text = plainText(named, ownerName, own);
  if (text === null || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return null;
  if (hasCanary(text) || text.includes(delegatePlaceholder)) return null;
  if (!isDraft && (claimsToBe(ownerName, text) || claimsToBeHuman(text))) return null;
  return text;
};
