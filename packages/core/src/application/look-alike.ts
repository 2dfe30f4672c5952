// What is written for an apostrophe. Taken before normalising, which tears some of them into a space and an accent.
const apostrophes = /['`´‘’‛′‵ʹʻʼʽˈˊˋ՚׳ߴꞌ\u1FBD\u1FBF\u1FEF\u1FFD\u1FFE＇｀]/gu;

// What takes no room of its own: accents, joiners, fillers, control characters but line feeds and tabs.
const roomless = /(?![\n\t])[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]/gu;

/** Letters of other alphabets that look the same, in lower case. */
const twins: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: "a",
    е: "e",
    о: "o",
    р: "p",
    с: "c",
    у: "y",
    х: "x",
    і: "i",
    ѕ: "s",
    ј: "j",
    һ: "h",
    ԁ: "d",
    т: "t",
  }).concat(Object.entries({ α: "a", ο: "o", ι: "i", τ: "t", ν: "v", ρ: "p", ı: "i", ɑ: "a", ɡ: "g", ꜱ: "s" })),
);
const twin = new RegExp(`[${[...twins.keys()].join("")}]`, "gu");

/**
 * Text as it looks to somebody who does not look closely: one case, one width, one apostrophe, no accents, nothing invisible. For comparing only.
 *
 * @example
 * folded("BOB´S\u200b Ａssístant") === folded("Bob’s assistant");
 */
export const folded = (text: string): string =>
  text
    .replace(apostrophes, "'")
    // Before as well as after: long heaps of accents are slow to normalise.
    .replace(roomless, "")
    .normalize("NFKD")
    .replace(roomless, "")
    .toLowerCase()
    .replace(twin, (letter) => twins.get(letter) ?? letter);
