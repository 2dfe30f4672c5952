import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "@standin/core/ports";
import { clientOf, type DoorOptions, judgeOrigin } from "@standin/http-api/dispatch";
import { foreignOrigin, givenUp, type Refusal, safeHeaders } from "../http/refusal.ts";
import { docsPage } from "./docs-page.ts";
import { documents } from "./documents.ts";
import type { Resource } from "./resource.ts";

export interface OperationDoorOptions extends Pick<DoorOptions, "allowedOrigins" | "trustProxy"> {
  readonly metrics: () => Promise<Resource>;
  readonly logger: Logger;
}

type Make = () => Resource | Promise<Resource>;

const isForeign = (request: IncomingMessage, { allowedOrigins, trustProxy }: OperationDoorOptions): boolean => {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
  const { ownOrigins } = clientOf(
    { remoteAddress: request.socket.remoteAddress, encrypted: false, header },
    trustProxy,
  );
  return judgeOrigin(request.headers.origin, ownOrigins, allowedOrigins) === "foreign";
};

const refuse = (response: ServerResponse, { status, headers, body }: Refusal): void => {
  response.writeHead(status, headers).end(JSON.stringify(body));
};

const answer = (request: IncomingMessage, response: ServerResponse, { headers, body }: Resource): void => {
  const { etag } = headers;
  if (etag !== undefined && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { ...safeHeaders, ...headers }).end();
    return;
  }
  response.writeHead(200, { ...safeHeaders, ...headers, "content-length": body.length });
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
    if (isForeign(request, options)) refuse(response, foreignOrigin);
    else answer(request, response, await make());
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
