/** The longest message, in Unicode code points, as the server counts them. */
const longest = 4_000;

/** From here on a counter shows how many are left. */
const nearTheEnd = 400;

/** How many characters still fit; negative: there are too many. */
export const charactersLeft = (text: string): number => {
  // An upper bound is enough for nearly all texts, and costs nothing.
  if (text.length <= longest - nearTheEnd) return longest - text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return longest - count;
};

/** Is it worth saying how many are left? */
export const isNearLimit = (left: number): boolean => left <= nearTheEnd;
