import {
  changePasswordSchema,
  signedInSchema,
  signedUpSchema,
  signInSchema,
  signOutSchema,
  signUpSchema,
} from "../schemas/account.ts";
import { doneSchema } from "../schemas/answers.ts";
import { toUserJson, userSchema } from "../schemas/user.ts";
import { defineRoute, type Route } from "./route.ts";

/** Accounts and their sessions. */
export const accountRoutes: readonly Route[] = [
  defineRoute({
    name: "signUp",
    summary: "Create an account and its first session",
    method: "POST",
    path: "/signup",
    auth: false,
    body: signUpSchema,
    example: { email: "ada@example.org", password: "correct horse", username: "Ada" },
    invalidMessage: "Please provide an email, username, and password",
    status: 201,
    limit: "none",
    errors: ["EMAIL_TAKEN", "LIMITED"],
    response: signedUpSchema,
    call: async ({ chat, body, origin }) => {
      const { token } = await chat.signUp(body, origin);
      return { token };
    },
  }),
  defineRoute({
    name: "signIn",
    summary: "Open a session",
    method: "POST",
    path: "/signin",
    auth: false,
    body: signInSchema,
    example: { email: "ada@example.org", password: "correct horse" },
    invalidMessage: "Invalid credentials",
    status: 200,
    limit: "none",
    errors: ["INVALID_CREDENTIALS", "LIMITED"],
    response: signedInSchema,
    call: async ({ chat, body, origin }) => {
      const { user, token } = await chat.signIn(body, origin);
      return { ...toUserJson(user), token };
    },
  }),
  defineRoute({
    name: "signOut",
    summary: "End this session, or all of the caller's",
    method: "POST",
    path: "/signout",
    auth: true,
    body: signOutSchema,
    example: { everywhere: false },
    status: 200,
    limit: "calls",
    response: doneSchema,
    call: async ({ chat, caller, body }) => {
      await chat.signOut(caller, body);
      return { message: "Signed out" };
    },
  }),
  defineRoute({
    name: "changePassword",
    summary: "Change the password and end all other sessions",
    method: "POST",
    path: "/me/password",
    auth: true,
    body: changePasswordSchema,
    example: { current: "correct horse", next: "battery staple" },
    status: 200,
    limit: "calls",
    errors: ["INVALID_CREDENTIALS"],
    response: doneSchema,
    call: async ({ chat, caller, body, origin }) => {
      await chat.changePassword(caller, body, origin);
      return { message: "Password changed" };
    },
  }),
  defineRoute({
    name: "me",
    summary: "The caller's own user",
    method: "GET",
    path: "/me",
    auth: true,
    status: 200,
    limit: "calls",
    response: userSchema,
    call: async ({ chat, caller }) => toUserJson(await chat.me(caller)),
  }),
];
