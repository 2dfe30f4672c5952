import type { Caller, CallOrigin, Chat, ChatErrorCode } from "@standin/core";
import type { z } from "zod";

/** The methods of the API. HEAD is answered wherever GET is. */
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What a route's call is given: everything in it is checked. */
export interface RouteCall<
  Auth extends boolean = boolean,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject = z.ZodObject,
> {
  readonly chat: Chat;
  /** Who calls; null on routes without authentication. */
  readonly caller: Auth extends true ? Caller : null;
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  readonly origin: CallOrigin;
  /** Does the host take requests? False while it starts and while it drains. */
  readonly ready: boolean;
}

/** One path and method of the API, as data: all that a door, a document or a client needs to know of it. */
export interface Route<
  Auth extends boolean = boolean,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  /** What it does, in a few words, for the documentation. */
  readonly summary: string;
  readonly method: Method;
  /** As documented, `:name` standing for one segment. It answers under `/api` too. */
  readonly path: string;
  /** Does it ask for a token? */
  readonly auth: Auth;
  /** The segments that `path` names; absent: none. */
  readonly params?: Params;
  /** The query's known names; others are ignored. Absent: it takes none. */
  readonly query?: Query;
  /** The body's known fields; others are ignored, and no body at all is an empty object. Absent: the body is not read. */
  readonly body?: Body;
  /** A body that it takes, for the documentation. */
  readonly example?: z.input<Body>;
  /** The documented sentence for a required field of the body that is missing or ill-formed; absent: the field is named. */
  readonly invalidMessage?: string;
  /** HTTP status of success. */
  readonly status: 200 | 201;
  /** `calls`: it counts against the caller's general limit. `none`: a limit of its own, or none, covers it. */
  readonly limit: "calls" | "none";
  /** What a good token of a user who no longer exists is answered; absent: UNAUTHORIZED. */
  readonly userGone?: "NOT_FOUND";
  /** What the call itself refuses, beyond what any route of this shape may, for the documentation. Absent: nothing. */
  readonly errors?: readonly ChatErrorCode[];
  readonly response: Answer;
  call(call: RouteCall<Auth, Params, Query, Body>): Promise<z.input<Answer>>;
}

type Nothing = z.ZodObject<Record<never, never>>;

/** Checks a route's parts against each other and forgets their types, so that routes of all shapes fit into one table. */
export const defineRoute = <
  const Auth extends boolean,
  Answer extends z.ZodType,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodObject = Nothing,
>(
  route: Route<Auth, Params, Query, Body, Answer>,
): Route => route as unknown as Route;
