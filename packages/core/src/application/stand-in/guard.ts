import { canary, delegatePlaceholder } from "../../domain/index.ts";
import { labelOf } from "./label.ts";

/** What the guard has to know of the owner. */
export interface GuardContext {
  readonly ownerName: string;
  /** https URLs that the owner agreed to share. */
  readonly links: readonly string[];
  /** What stands for the placeholder; null: the owner named nobody. */
  readonly delegateName: string | null;
  /** A draft speaks in the owner's voice, and its owner reads it before it goes out. */
  readonly isDraft: boolean;
}

/** Longer output is no answer (R24), in characters as JavaScript counts them. */
const mostRaw = 20_000;
/** Longer answers are cut (R17), in code points. */
const mostSaid = 2_000;

// All that is invisible or reorders text, but line feeds, tabs, and what emoji and some scripts are joined with.
const invisible =
  /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;
const joiners = /(?:\u200C|\u200D|[\s_*`~-])+/gu;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Text in which nothing hides: folded forms, no joiners, no case. For comparing only. */
const folded = (text: string): string =>
  text.normalize("NFKC").replace(invisible, "").replace(joiners, "").toLowerCase();

// Ways to pass for a person, in the languages whose speakers we can ask. A wrong alarm costs a template answer; a miss costs trust.
const humanClaims = [
  /\b(?:i am|i'm|i’m)\s+(?:not\s+(?:an?\s+)?(?:ai|a\.i\.|bot|robot|machine|assistant|automated)|(?:an?\s+)?(?:real\s+)?(?:human|person)\b)/iu,
  /\bich\s+bin\s+(?:kein[e]?\s+(?:ki|bot|roboter|maschine|assistent)|(?:ein\s+)?(?:echter\s+)?mensch)/iu,
  /\bje\s+(?:ne\s+suis\s+pas|suis\s+pas)\s+(?:une?\s+)?(?:ia|robot|machine|assistant)|\bje\s+suis\s+(?:un\s+)?(?:vrai\s+)?humain/iu,
  /\bno\s+soy\s+(?:una?\s+)?(?:ia|robot|máquina|asistente)|\bsoy\s+(?:un\s+)?humano/iu,
];

const ownerClaims = (name: string): RegExp =>
  new RegExp(
    `(?:\\b(?:i am|i'm|i’m|this is|it's me,?|it’s me,?|ich bin(?: es,)?|hier ist|hier spricht|je suis|c'est|c’est|soy|habla|sono|sou|ik ben|jag är)\\s+${escaped(name)}(?!['’\\p{L}\\p{N}]))|(?:^|\\n)\\s*[-–—]+\\s*${escaped(name)}\\s*$`,
    "iu",
  );

/** Does it pass itself off as the owner, or as human (R14)? */
const claimsToBeOwner = (text: string, { ownerName }: GuardContext): boolean =>
  ownerClaims(ownerName).test(text) || humanClaims.some((claim) => claim.test(text));

// Not at the beginning of a word only: what is glued to it hides no link.
const url = /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.)[^\s<>()[\]{}"'`]+/giu;

/** What a model thought aloud before it answered, as some servers leave it in; null: it never stopped thinking. */
const withoutThinking = (text: string): string | null => {
  const answer = text.replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/giu, "");
  return /<\/?think(?:ing)?>/iu.test(answer) ? null : answer;
};

const withoutMarkup = (text: string): string =>
  text
    .replace(/!\[[^\]]*\]\([^)]*\)/gu, "")
    .replace(/\[([^\]]*)\]\(([^)]*)\)/gu, "$1 $2")
    .replace(/<\/?[a-z!][^>]*>/giu, "");

const withoutForeignLinks = (text: string, links: readonly string[]): string =>
  text.replace(url, (found) => {
    const bare = found.replace(/[.,;:!?]+$/u, "");
    return links.includes(bare) ? found : found.slice(bare.length);
  });

/** The text up to the last end of a sentence within the limit; where there is none, up to the limit. */
const cut = (text: string): string => {
  const points = [...text];
  if (points.length <= mostSaid) return text;
  const kept = points.slice(0, mostSaid).join("");
  const end = Math.max(...[...kept.matchAll(/[.!?…。！？](?=\s|$|[^\p{L}\p{N}])/gu)].map(({ index }) => index + 1), 0);
  return end > 0 ? kept.slice(0, end) : kept;
};

/**
 * What may be said of a model's output, or null when it must not be used at all (R14, R17, R24). Code, after the model, for every provider: what a
 * model was told is a wish, this is a rule.
 */
export const guard = (raw: string, context: GuardContext): string | null => {
  if (raw.length > mostRaw || folded(raw).includes(folded(canary))) return null;
  const answer = withoutThinking(raw);
  if (answer === null) return null;
  const visible = answer
    .replace(/\r\n?/g, "\n")
    .replace(invisible, (character) => (character === "\n" || character === "\t" ? character : ""));
  const label = new RegExp(`^\\s*${escaped(labelOf(context.ownerName))}\\s*:\\s*`, "iu");
  let text = withoutMarkup(visible).replace(label, "");
  if (text.includes(delegatePlaceholder)) {
    if (context.delegateName === null) return null;
    text = text.replaceAll(delegatePlaceholder, context.delegateName);
  }
  text = cut(
    withoutForeignLinks(text, context.links)
      .replace(/[ \t]+\n/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .replace(/ {2,}/g, " ")
      .trim(),
  );
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return null;
  if (!context.isDraft && claimsToBeOwner(text, context)) return null;
  return text;
};
