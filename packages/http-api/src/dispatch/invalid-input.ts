import { ChatError, type FieldError } from "@standin/core";
import type { z } from "zod";

/** A required field is missing or is not what it must be, as opposed to one that is too long or of forbidden content. */
const isIllFormed = ({ code }: z.core.$ZodIssue): boolean =>
  code === "invalid_type" || code === "invalid_value" || code === "too_small";

const isRequired = (schema: z.ZodObject, field: PropertyKey | undefined): boolean =>
  typeof field === "string" && schema.shape[field]?.safeParse(undefined).success === false;

/** Where a mistake is, in dotted paths: fields that may not be there are one issue of the object around them. */
const pathsOf = (issue: z.core.$ZodIssue): readonly string[] =>
  issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key].join(".")) : [issue.path.join(".")];

/** INVALID for these mistakes; the sentence is the first of them unless another is given. */
export const invalid = (errors: readonly FieldError[], message: string | undefined = errors[0]?.message): ChatError =>
  new ChatError("INVALID", message === undefined ? { errors } : { message, errors });

/**
 * The value in the schema's shape, without the fields that the schema does not know. Throws INVALID, with every mistake by its field.
 *
 * @param invalidMessage - the documented sentence for a required field that is missing or ill-formed
 *
 * @example
 * checkInput(sendMessageSchema, { to: 5 }, "to and message are required");
 * // throws INVALID "to and message are required", errors: [{ path: "to", message: "to must be a string" }, …]
 */
export const checkInput = <Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
  invalidMessage?: string,
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const errors = new Map<string, FieldError>();
  for (const issue of issues) {
    for (const path of pathsOf(issue)) {
      // The first mistake of a field is the one that explains the others.
      if (!errors.has(path)) errors.set(path, { path, message: `${path} ${issue.message}` });
    }
  }
  const documented = issues.some((issue) => isIllFormed(issue) && isRequired(schema, issue.path[0]));
  throw invalid([...errors.values()], documented ? invalidMessage : undefined);
};
