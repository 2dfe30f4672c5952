import { withoutLabels } from "./label.ts";
import { type OwnLinks, withoutForeignLinks } from "./links.ts";

/** Longer answers are cut (R17), in code points. */
const mostSaid = 2_000;

/** What is still changed by so many looks hides something on purpose. */
const mostLooks = 8;

// All that is invisible or reorders text, but line feeds, tabs, and what emoji and some scripts are joined with.
const invisible =
  /(?!\n|\t|\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Accents heaped so high that they cover the lines around them. */
const heapedAccents = /(\p{M}{8})\p{M}+/gu;

/** Letters and marks as wide as Chinese ones: nobody takes them for others, but programs that look for links and names do. */
const wide = /[０-９Ａ-Ｚａ-ｚ．／＠]|：(?=\/\/|／／)/gu;

const visible = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(invisible, "")
    .replace(heapedAccents, "$1")
    .replace(wide, (character) => character.normalize("NFKC"));

/**
 * What a model said aloud after it had thought, as some servers leave both in. With only the end of a thought, what comes after it; null: it never
 * stopped thinking.
 */
const withoutThinking = (text: string): string | null => {
  let [said, depth, at] = ["", 0, 0];
  for (const tag of text.matchAll(/[<[](\/?)(?:think(?:ing)?|thought|reasoning) {0,2}[>\]]/giu)) {
    if (depth === 0) said += text.slice(at, tag.index);
    if (tag[1] === "") depth += 1;
    else if (depth > 0) depth -= 1;
    else said = "";
    at = tag.index + tag[0].length;
  }
  return depth === 0 ? said + text.slice(at) : null;
};

/** What is left of a tag: an address in angle brackets, or the line that it ends. */
const leftOf = (tag: string): string => {
  if (/^<(?:https?:\/\/|www\.)\S*>$/iu.test(tag)) return ` ${tag.slice(1, -1)} `;
  return /^<\/?(?:br|p|div|li|tr|h\d)\b/iu.test(tag) ? "\n" : "";
};

/** Without HTML and what the scripts of models are marked with. */
const withoutTags = (text: string): string => {
  const without = text
    .replace(/<(script|style)(?: [^<>]*)?>[^<]*<\/\1 ?>/giu, "")
    .replace(/<[a-z/!?|][^<>]*>/giu, leftOf);
  // One that nothing closes would be closed by whatever a careless program puts behind it; with a space it is no tag.
  return without === text ? text.replace(/<(?=[a-z/!?|])/giu, "< ") : without;
};

/** The address of `(address "title")`. */
const destination = (inner: string): string => inner.trim().split(/\s/u, 1)[0] ?? "";

/** Images are taken out; of links, what they say and where they lead stay, as plain text. */
const withoutMarkdown = (text: string): string =>
  text
    // The addresses of images and links that are elsewhere in the text.
    .replace(/^[ \t]*\[[^[\]\n]*\]:[ \t]*(\S+)[^\n]*$/gmu, (line, target: string) =>
      /^(?:[a-z][a-z0-9+.-]{0,30}:|www\.)\S/iu.test(target) ? target : line,
    )
    .replace(/!\[[^[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^[\]]*\])?/gu, "")
    .replace(
      /\[([^[\]]*)\]\(((?:[^()]|\([^()]*\))*)\)([\p{L}\p{N}]?)/gu,
      (_, words: string, inner: string, next: string) => {
        const target = destination(inner);
        return `${words.trim() === target ? "" : `${words} `}${target}${next === "" ? "" : ` ${next}`}`;
      },
    )
    .replace(/\[([^[\]]+)\] ?\[[^[\]]*\]/gu, "$1")
    .replace(/\(\s*\)|\[\s*\]/gu, "");

/** At most one space, one empty line, and neither at the beginning or end. */
const tidy = (text: string): string =>
  text
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/ ([.,])(?=\s|$)/g, "$1")
    .trim();

/** The text up to the last end of a sentence within the limit; where there is none, up to the limit. */
const cut = (text: string): string => {
  const points = [...text];
  if (points.length <= mostSaid) return text;
  const kept = points.slice(0, mostSaid).join("");
  const ends = [...kept.matchAll(/[。！？]|[.!?…](?=["'”’»)\]]?(?:\s|$))/gu)];
  const end = ends.at(-1);
  return end === undefined ? kept : kept.slice(0, end.index + end[0].length);
};

const look = (text: string, username: string, own: OwnLinks): string | null => {
  const answer = withoutThinking(visible(text));
  if (answer === null) return null;
  const unlabelled = withoutLabels(withoutMarkdown(withoutTags(answer)), username);
  return cut(tidy(withoutForeignLinks(unlabelled, own)));
};

/**
 * A model's output as plain text that may be shown (R17), or null when it cannot be made into one. Each step reads the text once from its beginning to its
 * end, so that no output takes long; and the steps are repeated until they change nothing, so that what one of them leaves (`<<b>script>`) is seen by the
 * others.
 */
export const plainText = (raw: string, username: string, own: OwnLinks): string | null => {
  let text = raw;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const next = look(text, username, own);
    if (next === null || next === text) return next;
    text = next;
  }
  return null;
};
