const mostLinks = 5;

const isHttps = (line: string): boolean => URL.canParse(line) && new URL(line).protocol === "https:";

/** The addresses of a text with one in each line; null: a line is none, or there are more than five. */
export const linksOf = (text: string): readonly string[] | null => {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length <= mostLinks && lines.every(isHttps) ? lines : null;
};
