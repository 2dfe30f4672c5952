/** A web address in a text: where it begins, and the address as it is written. */
export interface FoundLink {
  readonly start: number;
  readonly href: string;
}

const candidate = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** Marks that end a sentence, and a bracket that was opened before the address. */
const withoutEnd = (address: string): string => {
  let text = address;
  for (;;) {
    const last = text.at(-1) ?? "";
    const unopened = last === ")" && text.split("(").length < text.split(")").length;
    if (!unopened && !".,;:!?…»”’*_".includes(last)) return text;
    text = text.slice(0, -1);
  }
};

/** The http and https addresses in a text, in order. */
export const linksIn = (text: string): readonly FoundLink[] =>
  [...text.matchAll(candidate)]
    .map((match) => ({ start: match.index, href: withoutEnd(match[0]) }))
    .filter(({ href }) => URL.canParse(href));
