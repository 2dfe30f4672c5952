import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "@standin/core/ports";
import { safeHeaders } from "../http/refusal.ts";
import { fixedResource, type Resource } from "../operation/resource.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { type PageFile, pageFiles } from "./page-files.ts";

export interface PageDoorOptions {
  readonly logger: Logger;
  /** Where the built page is, when it is not where the build puts it. */
  readonly folder?: string;
}

/** What a person sees who opens a server that has no page. It needs no script and no style. */
const withoutPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Standin</title>
  </head>
  <body>
    <h1>Standin runs here</h1>
    <p>The chat is ready for every client, but its page has not been built: <code>npm start</code> does that.</p>
    <p>The API is described at <a href="/docs">/docs</a>.</p>
  </body>
</html>
`;

const placeholder: PageFile = { identity: fixedResource("text/html; charset=utf-8", Buffer.from(withoutPage)) };

/** The smallest encoding that the browser takes. `q=0` means that it does not. */
const bestOf = (file: PageFile, accepted = ""): Resource => {
  const takes = (name: string): boolean =>
    accepted.split(",").some((part) => {
      const [coding, ...parameters] = part.trim().split(/\s*;\s*/);
      return coding?.toLowerCase() === name && !parameters.some((parameter) => /^q=0(\.0*)?$/i.test(parameter));
    });
  if (file.br !== undefined && takes("br")) return file.br;
  if (file.gzip !== undefined && takes("gzip")) return file.gzip;
  return file.identity;
};

const answer = (request: IncomingMessage, response: ServerResponse, { headers, body }: Resource): void => {
  const all = {
    ...safeHeaders,
    "content-security-policy": contentSecurityPolicy(request.headers.host),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...headers,
  };
  const { etag } = headers;
  if (etag !== undefined && request.headers["if-none-match"] === etag) {
    response.writeHead(304, all).end();
    return;
  }
  response.writeHead(200, { ...all, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
};

/**
 * Answers the page and its files, or at `/` a sentence where no page is built. Everything else is `next`'s. The files hold nothing
 * of anybody, so they are anybody's to read.
 */
export const createPageDoor = ({ logger, folder }: PageDoorOptions, next: RequestListener): RequestListener => {
  const built = pageFiles(folder);
  if (built === null) logger.warn({}, "the page is not built: the API alone is served");
  const files = built ?? new Map([["/", () => placeholder]]);
  return (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "";
    const file = files.get(path);
    if (file === undefined || !["GET", "HEAD"].includes(request.method ?? "")) return next(request, response);
    answer(request, response, bestOf(file(), request.headers["accept-encoding"]?.toString()));
  };
};
