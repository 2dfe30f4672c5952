import { isIP } from "node:net";
import { compile } from "proxy-addr";
import { z } from "zod";

/** How the text of a variable becomes a value. `expects` ends the sentence "expected …". */
export interface Kind<T> {
  readonly expects: string;
  readonly schema: z.ZodType<T, string>;
}

/** Is this one of the addresses of trusted proxies? */
export type TrustProxy = (address: string) => boolean;

const reading = <T>(expects: string, read: (text: string) => T | undefined): Kind<T> => ({
  expects,
  schema: z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: expects });
    return z.NEVER;
  }),
});

const listOf = (text: string): string[] => text.split(",").map((part) => part.trim());

/** A whole number within bounds. */
export const wholeNumber = (min: number, max: number): Kind<number> =>
  reading(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });

/** One of some words. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): Kind<Word> =>
  reading(words.join(" or "), (text) => words.find((word) => word === text));

/** `true` or `false`. */
export const yesOrNo: Kind<boolean> = reading("true or false", (text) =>
  text === "true" ? true : text === "false" ? false : undefined,
);

/** Any text. */
export const anyText: Kind<string> = reading("some text", (text) => text);

/** Any text of at least so many bytes of UTF-8. */
export const longText = (minBytes: number): Kind<string> =>
  reading(`at least ${minBytes} bytes`, (text) => (Buffer.byteLength(text) >= minBytes ? text : undefined));

/** Where a MongoDB is. */
export const mongoUri: Kind<string> = reading(
  "a connection string such as mongodb://user:password@host:27017/standin",
  (text) => (/^mongodb(\+srv)?:\/\/[^\s/]+/.test(text) ? text : undefined),
);

/** An IP address or a host name. */
export const hostName: Kind<string> = reading("an IP address or a host name, such as 127.0.0.1 or ::", (text) =>
  isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text) ? text : undefined,
);

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longestDurationMs = 3650 * unitMs.d;

/** A number with a unit, such as `7d`; becomes milliseconds. */
export const duration: Kind<number> = reading(
  "a number and a unit, such as 7d, 12h, 30m or 45s, at most 3650d",
  (text) => {
    const [, digits, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const value = Number(digits) * (unitMs[unit as keyof typeof unitMs] ?? Number.NaN);
    return value > 0 && value <= longestDurationMs ? value : undefined;
  },
);

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && url.origin === text;
};

/** Exact origins, separated by commas. */
export const origins: Kind<readonly string[]> = reading(
  "exact origins separated by commas, such as https://chat.example.org, never * and without a path",
  (text) => {
    const list = listOf(text);
    return list.every(isOrigin) ? list : undefined;
  },
);

/** Addresses or ranges, separated by commas; becomes the test for an address. */
export const addressRanges: Kind<TrustProxy> = reading(
  "addresses or ranges separated by commas, such as 127.0.0.1, 10.0.0.0/8 or loopback",
  (text) => {
    try {
      const trusts = compile(listOf(text));
      return (address) => isIP(address) !== 0 && trusts(address, 0);
    } catch {
      return undefined;
    }
  },
);

/** The words in their order, each at most once; undefined where one is not known. */
const wordsOf = <Word extends string>(text: string, words: readonly Word[]): readonly Word[] | undefined => {
  const list = listOf(text);
  const known = list.flatMap((part) => words.find((word) => word === part) ?? []);
  return known.length === list.length && new Set(known).size === known.length ? known : undefined;
};

/** Some of the given words, separated by commas, each at most once. */
export const someOf = <const Word extends string>(...words: readonly Word[]): Kind<readonly Word[]> =>
  reading(`one or more of ${words.join(", ")}, separated by commas`, (text) => wordsOf(text, words));

/** Some of the given words in an order that counts; or `none`, which becomes an empty list. */
export const orderOf = <const Word extends string>(...words: readonly Word[]): Kind<readonly Word[]> =>
  reading(`none, or one or more of ${words.join(", ")}, separated by commas`, (text) =>
    text === "none" ? [] : wordsOf(text, words),
  );

/** A word such as a key or a model's name, as long as `most` characters. */
export const oneWord = (most: number): Kind<string> =>
  reading(`one word of at most ${most} printable ASCII characters`, (text) =>
    text.length <= most && /^[\x21-\x7e]+$/.test(text) ? text : undefined,
  );

/** Where an HTTP server is. Passwords do not belong into addresses, which end up in logs. */
export const httpAddress: Kind<string> = reading(
  "an absolute http or https address such as http://127.0.0.1:11434/v1, without user, query or fragment",
  (text) => {
    const url = URL.parse(text);
    const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
    return isPlain && !/[?#\s]/.test(text) ? text : undefined;
  },
);
