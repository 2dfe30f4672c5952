import { type ErrorJson, errorTable } from "../errors.ts";
import type { DoorResponse } from "./door.ts";

/** On every answer: it is data for this caller, and nothing that a browser should keep, sniff, frame or run. */
const safeHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

const encoder = new TextEncoder();

export const jsonAnswer = (status: number, value: unknown, headers: Record<string, string> = {}): DoorResponse => {
  const body = encoder.encode(JSON.stringify(value));
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(body.length),
      ...safeHeaders,
      ...headers,
    },
    body,
  };
};

export const emptyAnswer = (headers: Record<string, string>): DoorResponse => ({
  status: 204,
  headers: { ...safeHeaders, ...headers },
  body: null,
});

/** The answer to an error: status by the table, and when to come back, for programs and for HTTP. */
export const errorAnswer = (json: ErrorJson, headers: Record<string, string> = {}): DoorResponse => {
  const { status } = errorTable[json.code];
  return jsonAnswer(status, json, {
    ...(status === 401 && { "www-authenticate": "Bearer" }),
    ...(json.retryAfterMs !== undefined && { "retry-after": String(Math.ceil(json.retryAfterMs / 1_000)) }),
    ...headers,
  });
};
