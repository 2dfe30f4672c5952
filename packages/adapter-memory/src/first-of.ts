/** The first `limit` of the values that `accepts` takes (default: all), in their order; looks no further than it must. */
export const firstOf = <Value>(
  values: Iterable<Value>,
  limit: number,
  accepts: (value: Value) => boolean = () => true,
): Value[] => {
  const found: Value[] = [];
  for (const value of values) {
    if (found.length >= limit) break;
    if (accepts(value)) found.push(value);
  }
  return found;
};
