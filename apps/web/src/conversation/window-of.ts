/** Which rows of a long list are drawn, and how much room the others take. */
export interface Window {
  /** The index of the first row drawn. */
  readonly first: number;
  /** The index behind the last row drawn. */
  readonly end: number;
  /** Room above and below what is drawn, in pixels. */
  readonly before: number;
  readonly after: number;
}

/** Where each row begins, and as the last entry where the list ends; pixels from the top. */
export const offsetsOf = (count: number, heightOf: (index: number) => number): Float64Array => {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) offsets[index + 1] = (offsets[index] ?? 0) + heightOf(index);
  return offsets;
};

/** The index of the row in which a point lies; the nearest one for a point outside. -1: there are no rows. */
export const rowAt = (offsets: Float64Array, point: number): number => {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= point) low = middle;
    else high = middle - 1;
  }
  return Math.min(low, offsets.length - 2);
};

/**
 * The rows that touch the visible part or lie within `margin` pixels of it.
 *
 * @param top how far the list is scrolled
 * @param height of the visible part
 */
export const windowOf = (offsets: Float64Array, top: number, height: number, margin: number): Window => {
  const count = offsets.length - 1;
  if (count === 0) return { first: 0, end: 0, before: 0, after: 0 };
  const first = rowAt(offsets, Math.max(0, top - margin));
  const end = rowAt(offsets, Math.max(0, top + height + margin)) + 1;
  return {
    first,
    end,
    before: offsets[first] ?? 0,
    after: (offsets[count] ?? 0) - (offsets[end] ?? 0),
  };
};
