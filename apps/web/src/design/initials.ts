const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first character as a person sees it, an emoji of many code points included. */
const first = (word: string): string => {
  for (const { segment } of segmenter.segment(word)) return segment;
  return "";
};

/**
 * One or two characters that stand for a name.
 *
 * @example
 * initialsOf("Ada King Lovelace"); // "AL"
 */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => first(word ?? "").toLocaleUpperCase()).join("") || "?";
};
