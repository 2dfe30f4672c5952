import type { z } from "zod";
import { checkInput, invalid } from "./invalid-input.ts";

/** The names that the schema knows, out of a query. Throws INVALID, also for a name that is given twice. */
export const readQuery = <Schema extends z.ZodObject>(schema: Schema, query: string): z.output<Schema> => {
  const given = new URLSearchParams(query);
  const known = Object.keys(schema.shape).filter((name) => given.has(name));
  const repeated = known.filter((name) => given.getAll(name).length > 1);
  if (repeated.length > 0) throw invalid(repeated.map((path) => ({ path, message: `${path} must be given once` })));
  return checkInput(schema, Object.fromEntries(known.map((name) => [name, given.get(name)])));
};
