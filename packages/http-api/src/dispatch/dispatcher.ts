import { type Caller, ChatError, type ChatErrorCode, isChatError } from "@standin/core";
import { toErrorJson } from "../errors.ts";
import type { Route } from "../routes/route.ts";
import { emptyAnswer, errorAnswer, jsonAnswer } from "./answer.ts";
import { bearerToken } from "./bearer-token.ts";
import { type Client, clientOf } from "./client-of.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import type { DoorOptions, DoorRequest, DoorResponse, Seen } from "./door.ts";
import { checkInput } from "./invalid-input.ts";
import { judgeOrigin } from "./judge-origin.ts";
import { type Match, matchRoute } from "./match-route.ts";
import { readBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";

/** Answers the requests of one door. */
export interface Dispatcher {
  /** null: the path is none of the API's, so the host may have an answer. Never rejects. */
  handle(request: DoorRequest): Promise<DoorResponse | null>;
}

const authenticate = async ({ chat }: DoorOptions, request: DoorRequest, route: Route): Promise<Caller> => {
  const token = bearerToken(request.header("authorization"));
  if (token === null) throw new ChatError("UNAUTHORIZED");
  try {
    return await chat.authenticate(token);
  } catch (error) {
    const isGone = isChatError(error) && error.code === "UNAUTHORIZED" && error.cause === "user-gone";
    throw isGone && route.userGone !== undefined ? new ChatError(route.userGone, { message: "User not found" }) : error;
  }
};

/** Everything between the origin and the answer, in this order: who calls, how often, what they say, the call. */
const serve = async (
  options: DoorOptions,
  request: DoorRequest,
  route: Route,
  params: Match["params"],
  client: Client,
): Promise<DoorResponse> => {
  const { chat } = options;
  const caller = route.auth ? await authenticate(options, request, route) : null;
  if (caller !== null && route.limit === "calls") await chat.countCall(caller);
  const answer = await route.call({
    chat,
    caller,
    params: route.params === undefined ? {} : checkInput(route.params, params),
    query: route.query === undefined ? {} : readQuery(route.query, request.query),
    body: route.body === undefined ? {} : checkInput(route.body, await readBody(request), route.invalidMessage),
    origin: { address: client.address },
    ready: options.ready?.() ?? true,
  });
  return jsonAnswer(route.status, answer);
};

/** What people are not told goes to the operator: the error and the route's name, never what the request carried. */
const report = ({ logger }: DoorOptions, error: unknown, route: Route | undefined): void => {
  const fields = { err: error, route: route?.name };
  if (!isChatError(error) || error.code === "INTERNAL") logger?.error(fields, "request failed");
  else if (error.code === "UNAVAILABLE") logger?.warn(fields, "request could not be served");
};

interface Answered {
  readonly response: DoorResponse;
  readonly code: ChatErrorCode | null;
}

const refuse = (error: unknown, headers: Record<string, string>): Answered => {
  const json = toErrorJson(error);
  return { response: errorAnswer(json, headers), code: json.code };
};

/** An observer that throws must not cost anybody the answer. */
const tell = ({ observe, logger }: DoorOptions, seen: Seen): void => {
  try {
    observe?.(seen);
  } catch (err) {
    logger?.error({ err }, "an observer failed");
  }
};

/**
 * The HTTP API without a server: what adapters for web frameworks run.
 *
 * @example
 * const dispatcher = createDispatcher({ chat, allowedOrigins: ["https://app.example"] });
 * const response = await dispatcher.handle(request); // null: not a path of the API
 */
export const createDispatcher = (options: DoorOptions): Dispatcher => {
  const answer = async (request: DoorRequest, match: Match): Promise<Answered> => {
    const { route, params, methods } = match;
    let cors: Record<string, string> = {};
    try {
      const origin = request.header("origin");
      const client = clientOf(request, options.trustProxy);
      const verdict = judgeOrigin(origin, client.ownOrigins, options.allowedOrigins);
      if (verdict === "foreign") throw new ChatError("FORBIDDEN");
      if (verdict === "allowed" && origin !== undefined) cors = corsHeaders(origin);
      const allow = [...methods, "OPTIONS"].join(", ");
      if (request.method === "OPTIONS") {
        const preflight = verdict === "allowed" && preflightHeaders(methods);
        return { response: emptyAnswer({ allow, ...cors, ...preflight }), code: null };
      }
      if (route === undefined) return refuse(new ChatError("NOT_FOUND"), { allow, ...cors });
      const response = await serve(options, request, route, params, client);
      return { response: { ...response, headers: { ...response.headers, ...cors } }, code: null };
    } catch (error) {
      report(options, error, route);
      return refuse(error, cors);
    }
  };

  return {
    async handle(request) {
      const match = matchRoute(request.method, request.path);
      if (match === null) return null;
      const { response, code } = await answer(request, match);
      tell(options, { route: match.route?.name ?? "none", status: response.status, code });
      return request.method === "HEAD" ? { ...response, body: null } : response;
    },
  };
};
