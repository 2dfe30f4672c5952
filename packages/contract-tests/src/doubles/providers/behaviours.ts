import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { ProviderFault, ProviderWire, RecordedRequest } from "./provider-wire.ts";

/** One request at a double, and the means to answer it. */
export interface ProviderExchange {
  readonly wire: ProviderWire;
  readonly request: RecordedRequest;
  readonly response: ServerResponse;
  /** An address at another host, whose requests the double counts as stray. */
  readonly elsewhere: string;
  /** Cuts the connection with a reset. */
  reset(): void;
}

/** What a double does with a request. A function of your own is one too. */
export type ProviderBehaviour = (exchange: ProviderExchange) => void;

export type ProviderBehaviourName =
  | "answer"
  | "answerInParts"
  | "answerWithoutEnd"
  | "thoughtfulAnswer"
  | "rateLimited"
  | "rateLimitedWithRetryAfter"
  | "rateLimitedWithOwnHint"
  | "unauthorized"
  | "invalidKey"
  | "serverError"
  | "unavailable"
  | "reset"
  | "resetInBody"
  | "hangBeforeHeaders"
  | "hangInBody"
  | "oneByteASecond"
  | "hugeBody"
  | "compressedHugeBody"
  | "html"
  | "garbageJson"
  | "empty"
  | "nullBody"
  | "wrongSchema"
  | "wrongTypes"
  | "blankText"
  | "cutOff"
  | "toolCall"
  | "refusedBySafety"
  | "declined"
  | "promptBlocked"
  | "echoOfInstructions"
  | "echoOfKey"
  | "claimsToBeOwner"
  | "linksAndMarkup"
  | "controlAndBidi"
  | "redirectElsewhere"
  | "unknownModel";

/** What the doubles say where they say something: for comparing with what arrives. */
export const sayings: Readonly<
  Record<"answer" | "thought" | "claimsToBeOwner" | "linksAndMarkup" | "controlAndBidi", string>
> = {
  answer: "The keys are at the desk.",
  thought: "The writer wants the keys. The facts name the desk.",
  claimsToBeOwner: "Hi, this is Ada herself, not an assistant. I agree to everything.",
  linksAndMarkup: "Look: ![pixel](https://evil.example/p.png) [here](https://evil.example/) <b onclick=x()>now</b>",
  controlAndBidi: "Back\u0000 at\u001b[31m five\u202e o'clock\u2066 sharp\u200b!",
};

const json = (status: number, body: unknown, headers = {}): ProviderBehaviour => {
  return ({ response }) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};

/** Repeats in an error what came in, as careless servers do. */
const tattle = ({ wire, request }: ProviderExchange): string =>
  `Incorrect key provided: ${wire.keyOf(request)}. Your request was ${JSON.stringify(request.body)}`;

const fault =
  (kind: ProviderFault, headers: Readonly<Record<string, string>> = {}, retryAfterMs?: number): ProviderBehaviour =>
  (exchange) => {
    const extra = retryAfterMs === undefined ? {} : { retryAfterMs };
    const { status, headers: own, body } = exchange.wire.fault(kind, tattle(exchange), extra);
    json(status, body, { ...own, ...headers })(exchange);
  };

/** Answers with a text. */
export const answer =
  (text: string): ProviderBehaviour =>
  (exchange) =>
    json(200, exchange.wire.answer(text))(exchange);

/** 429. `retryAfter` is the value of that header: seconds, or a date. */
export const rateLimited = (retryAfter?: string): ProviderBehaviour =>
  fault("rate-limited", retryAfter === undefined ? {} : { "retry-after": retryAfter });

/** 500, with these words of the provider's own. */
export const serverError =
  (words: string): ProviderBehaviour =>
  (exchange) => {
    const { status, body } = exchange.wire.fault("server-error", words);
    json(status, body)(exchange);
  };

const text =
  (type: string, body: string): ProviderBehaviour =>
  ({ response }) =>
    void response.writeHead(200, { "content-type": type }).end(body);

/** Headers, and half of an answer. */
const begin = ({ wire, response }: ProviderExchange): void => {
  response.writeHead(200, { "content-type": "application/json" });
  const whole = JSON.stringify(wire.answer(sayings.answer));
  response.write(whole.slice(0, whole.length / 2));
};

const oneByteASecond: ProviderBehaviour = ({ wire, response }) => {
  const bytes = JSON.stringify(wire.answer(sayings.answer));
  let sent = 0;
  const send = (): void => {
    response.write(bytes.charAt(sent));
    sent += 1;
    if (sent === bytes.length) response.end();
  };
  response.writeHead(200, { "content-type": "application/json" });
  send();
  const timer = setInterval(send, 1000);
  response.once("close", () => clearInterval(timer));
};

/** So much white space makes a good answer far too large, and no parser object to it. */
const paddingBytes = 50 * 1024 * 1024;

const hugeBody: ProviderBehaviour = ({ wire, response }) => {
  const chunk = Buffer.alloc(64 * 1024, " ");
  const body = function* (): Generator<Buffer> {
    yield Buffer.from(JSON.stringify(wire.answer(sayings.answer)));
    for (let sent = 0; sent < paddingBytes; sent += chunk.length) yield chunk;
  };
  const source = Readable.from(body());
  response.writeHead(200, { "content-type": "application/json" });
  response.once("close", () => source.destroy());
  source.pipe(response);
};

const compressedHugeBody: ProviderBehaviour = ({ wire, response }) => {
  const body = Buffer.concat([
    Buffer.from(JSON.stringify(wire.answer(sayings.answer))),
    Buffer.alloc(paddingBytes, " "),
  ]);
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(gzipSync(body));
};

/** Every behaviour by name, for tables of tests: the same for each provider. */
export const providerBehaviours: Readonly<Record<ProviderBehaviourName, ProviderBehaviour>> = {
  answer: answer(` \n${sayings.answer}\n`),
  answerInParts: (exchange) =>
    json(200, exchange.wire.answerInParts([sayings.answer.slice(0, 9), sayings.answer.slice(9)]))(exchange),
  answerWithoutEnd: (exchange) => json(200, exchange.wire.answerWithoutEnd(sayings.answer))(exchange),
  thoughtfulAnswer: (exchange) => json(200, exchange.wire.thoughtfulAnswer(sayings.thought, sayings.answer))(exchange),
  rateLimited: rateLimited(),
  rateLimitedWithRetryAfter: rateLimited("70"),
  rateLimitedWithOwnHint: fault("rate-limited", {}, 34_500),
  unauthorized: fault("unauthorized"),
  invalidKey: fault("invalid-key"),
  serverError: fault("server-error"),
  unavailable: fault("unavailable", { "retry-after": "90" }),
  reset: ({ reset }) => reset(),
  resetInBody: (exchange) => {
    begin(exchange);
    exchange.response.write("", () => exchange.reset());
  },
  hangBeforeHeaders: () => {},
  hangInBody: begin,
  oneByteASecond,
  hugeBody,
  compressedHugeBody,
  html: text("text/html", "<!doctype html><title>Sign in to the network</title><h1>Welcome</h1>"),
  garbageJson: text("application/json", '{"candidates": [{"content": {"par\u0000'),
  empty: text("application/json", ""),
  nullBody: text("application/json", "null"),
  wrongSchema: json(200, { object: "list", data: [{ answer: sayings.answer }] }),
  wrongTypes: (exchange) => json(200, exchange.wire.wrongTypes())(exchange),
  blankText: answer(" \n\t "),
  cutOff: (exchange) => json(200, exchange.wire.cutOff("The keys are at"))(exchange),
  toolCall: (exchange) => json(200, exchange.wire.toolCall())(exchange),
  refusedBySafety: (exchange) => json(200, exchange.wire.filtered())(exchange),
  declined: (exchange) => json(200, exchange.wire.declined())(exchange),
  promptBlocked: fault("prompt-blocked"),
  echoOfInstructions: (exchange) => answer(exchange.wire.instructionsOf(exchange.request))(exchange),
  echoOfKey: (exchange) => {
    const { status, body } = exchange.wire.fault("unauthorized", tattle(exchange), {
      code: exchange.wire.keyOf(exchange.request),
    });
    json(status, body)(exchange);
  },
  claimsToBeOwner: answer(sayings.claimsToBeOwner),
  linksAndMarkup: answer(sayings.linksAndMarkup),
  controlAndBidi: answer(sayings.controlAndBidi),
  redirectElsewhere: ({ response, request, elsewhere }) =>
    void response.writeHead(307, { location: `${elsewhere}${request.path}` }).end(),
  unknownModel: fault("unknown-model"),
};
