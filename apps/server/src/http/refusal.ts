import { ChatError, type ChatErrorCode } from "@standin/core";
import { type ErrorJson, errorTable, toErrorJson } from "@standin/http-api";

/** An answer of the app around the API, in the API's own form. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorJson;
}

/** What the API sends with every answer of its own. */
export const safeHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "content-type": "application/json; charset=utf-8",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const refusal = (code: ChatErrorCode): Refusal => ({
  status: errorTable[code].status,
  headers: safeHeaders,
  body: toErrorJson(new ChatError(code)),
});

/** No door knows the path. */
export const noSuchPath: Refusal = refusal("NOT_FOUND");

/** The request comes from a page that may not ask. */
export const foreignOrigin: Refusal = refusal("FORBIDDEN");

/** The framework gave up before or after the API; `status` is its own idea of why. */
export const givenUp = (status: number | undefined): Refusal =>
  refusal(status !== undefined && status >= 400 && status < 500 ? "INVALID" : "INTERNAL");
