import type { ZodOpenApiOverride } from "zod-openapi";

/**
 * Leaves out what zod adds to a schema and a reader does not need. Objects may have more fields than their schema names: what we
 * answer grows, and what we do not know we ignore, but for the few objects that say otherwise. A format says more than the pattern it stands for, and every whole number is a safe one.
 */
export const plainSchema: ZodOpenApiOverride = ({ jsonSchema, zodSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === "object" && def.catchall?._zod.def.type !== "never") delete jsonSchema.additionalProperties;
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};
