import { sizes } from "@standin/core";
import { z } from "zod";
import { filledText, text } from "./text.ts";
import { userSchema } from "./user.ts";

const { passwordMinBytes, passwordMaxBytes } = sizes;

const bytes = (value: string): number => new TextEncoder().encode(value).length;

/** A password that is given for the first time. One that is only compared may be any string. */
const newPassword = text()
  .min(1, { error: "is required" })
  .refine((value) => bytes(value) >= passwordMinBytes && bytes(value) <= passwordMaxBytes, {
    error: `must have ${passwordMinBytes} to ${passwordMaxBytes} bytes of UTF-8`,
  });

/** `POST /signup`. */
export const signUpSchema = z.object({
  email: filledText(sizes.email, (value) => value.trim()),
  password: newPassword,
  username: filledText(sizes.username, (value) => value.normalize("NFC").trim()),
});

export const signedUpSchema = z.object({ token: z.string() });

/** `POST /signin`: whatever cannot be right is simply wrong, so only the types are checked. */
export const signInSchema = z.object({ email: text(), password: text() });

export const signedInSchema = userSchema.extend({ token: z.string() }).meta({ id: "SignedIn" });

/** `POST /signout`: this session, or all of the caller's. */
export const signOutSchema = z.object({
  everywhere: z.boolean({ error: "must be true or false" }).optional(),
});

/** `POST /me/password`. */
export const changePasswordSchema = z.object({ current: text().min(1, { error: "is required" }), next: newPassword });
