import { folded } from "../look-alike.ts";

/** What a busy person's stand-in is called (R13). */
export const labelOf = (username: string): string => `${username}'s assistant`;

/** What is stored: stock clients show nothing but the content, so the label stands in it (R13). */
export const labelled = (label: string, text: string): string => `${label}: ${text}`;

const likeLabel = /'[^\p{L}\p{N}]*s[^\p{L}\p{N}]*assistant[^\p{L}]*$/u;

/** Would somebody take this name for that of a stand-in (R14)? */
export const looksLikeLabel = (name: string): boolean => likeLabel.test(folded(name));

// A label as models write it: in bold or brackets, with any apostrophe, or as a script has it, without a name.
const mark = "[*_~\u0060\"'[\\]()#]{0,4}";
const labelBefore = new RegExp(
  `${mark}(?:([^\\n]{1,120}?)['’\u0060´]s )?assistant${mark}(?: ?[:：]| [-–—] )${mark}\\s*`,
  "iuy",
);

/** The text without the labels that a model put before it, however often: code puts one there. */
export const withoutLabels = (text: string, username: string): string => {
  let end = text.length - text.trimStart().length;
  for (;;) {
    labelBefore.lastIndex = end;
    const found = labelBefore.exec(text);
    const isOwner = found !== null && `${folded(username)} `.startsWith(`${folded(found[1] ?? username)} `);
    if (!isOwner) return text.slice(end);
    end = labelBefore.lastIndex;
  }
};
