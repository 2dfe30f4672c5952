import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "@standin/core/ports";
import { clientOf, corsHeaders, type DoorOptions, judgeOrigin } from "@standin/http-api/dispatch";
import { foreignOrigin, givenUp, type Refusal, safeHeaders } from "../http/refusal.ts";
import { docsPage } from "./docs-page.ts";
import { documents } from "./documents.ts";
import type { Resource } from "./resource.ts";

export interface OperationDoorOptions extends Pick<DoorOptions, "allowedOrigins" | "trustProxy"> {
  readonly metrics: () => Promise<Resource>;
  readonly logger: Logger;
}

type Make = () => Resource | Promise<Resource>;

/** Where a page that asks comes from, and what it needs to be shown the answer. */
const judge = (request: IncomingMessage, { allowedOrigins, trustProxy }: OperationDoorOptions) => {
  const { origin } = request.headers;
  const header = (name: string): string | undefined => request.headersDistinct[name]?.join(", ");
  const { ownOrigins } = clientOf(
    { remoteAddress: request.socket.remoteAddress, encrypted: false, header },
    trustProxy,
  );
  const verdict = judgeOrigin(origin, ownOrigins, allowedOrigins);
  const cors = verdict === "allowed" && origin !== undefined ? corsHeaders(origin) : {};
  return { isForeign: verdict === "foreign", cors };
};

const refuse = (response: ServerResponse, { status, headers, body }: Refusal): void => {
  response.writeHead(status, headers).end(JSON.stringify(body));
};

const answer = (
  request: IncomingMessage,
  response: ServerResponse,
  cors: object,
  { headers, body }: Resource,
): void => {
  const { etag } = headers;
  if (etag !== undefined && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { ...safeHeaders, ...headers, ...cors }).end();
    return;
  }
  response.writeHead(200, { ...safeHeaders, ...headers, ...cors, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
};

/** Without the query, and without the prefix of the other spelling. */
const pathOf = ({ url = "/" }: IncomingMessage): string => (url.split("?", 1)[0] ?? "").replace(/^\/api(?=\/)/, "");

/**
 * Answers what only the server has, whichever framework serves the API: the documents, the page that shows them, and the metrics.
 * Everything else is `next`'s.
 */
export const createOperationDoor = (options: OperationDoorOptions, next: RequestListener): RequestListener => {
  const resources = new Map<string, Make>([...documents, ...docsPage, ["/metrics", options.metrics]]);

  const serve = async (request: IncomingMessage, response: ServerResponse, make: Make): Promise<void> => {
    const { isForeign, cors } = judge(request, options);
    if (isForeign) refuse(response, foreignOrigin);
    else answer(request, response, cors, await make());
  };

  return (request, response) => {
    const make = resources.get(pathOf(request));
    if (make === undefined || !["GET", "HEAD"].includes(request.method ?? "")) return next(request, response);
    serve(request, response, make).catch((err: unknown) => {
      options.logger.error({ err }, "a request failed outside the API");
      refuse(response, givenUp(undefined));
    });
  };
};
