import type { UserView } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, instantSchema, toInstantOrNull } from "./ids.ts";
import { statusSchema } from "./status.ts";

/** A user as the API answers it. `email` is absent where the directory hides it. */
export const userSchema = z
  .object({
    id: idJsonSchema,
    username: z.string(),
    email: z.string().optional(),
    status: statusSchema,
    prevstatus: statusSchema,
    connected: z.boolean(),
    busySince: instantSchema.nullable(),
    busyUntil: instantSchema.nullable(),
    busyNote: z.string().nullable(),
  })
  .meta({ id: "User" });

export type UserJson = z.infer<typeof userSchema>;

/**
 * What the wire says of a user.
 *
 * @example
 * toUserJson(view); // { id: "65f…", username: "Ada", email: "ada@example.org", status: "BUSY", prevstatus: "ONLINE", … }
 */
export const toUserJson = (view: UserView): UserJson => ({
  id: view.id,
  username: view.username,
  ...(view.email === null ? {} : { email: view.email }),
  status: view.status,
  prevstatus: view.prevstatus,
  connected: view.connected,
  busySince: toInstantOrNull(view.busySince),
  busyUntil: toInstantOrNull(view.busyUntil),
  busyNote: view.busyNote,
});
