/**
 * What is at a path of a value that came over the wire; undefined where the path ends early. Own fields only, so that a
 * hostile answer reaches nothing that it did not send.
 *
 * @example
 * const text = field(answer, "choices", 0, "message", "content");
 */
export const field = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
};
