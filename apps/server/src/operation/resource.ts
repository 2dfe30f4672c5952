import { createHash } from "node:crypto";

/** What is answered to GET at one path. */
export interface Resource {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Something that stays as it is while the process runs: a browser may keep it, and asks whether it is still the same. */
export const fixedResource = (
  type: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Resource => ({
  headers: {
    "cache-control": "no-cache",
    "content-type": type,
    etag: `"${createHash("sha256").update(body).digest("base64url")}"`,
    ...headers,
  },
  body,
});

/** Made when it is first asked for. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
