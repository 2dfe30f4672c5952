import { createHmac, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { passwordHasherContract, tokenServiceContract } from "@standin/contract-tests";
import type { PasswordHasher, TokenClaims, TokenService } from "@standin/core/ports";
import { type Family, familyOf } from "./mutant.ts";

/** A sound hasher on scrypt, cheap because nothing is guarded with it. */
const createHasher = (): PasswordHasher => {
  const digest = (password: string, salt: Buffer): string =>
    scryptSync(password, salt, 32, { N: 16 }).toString("base64").replaceAll("=", "");
  return {
    async hash(password) {
      const salt = randomBytes(16);
      return `$scrypt$ln=4,r=8,p=1$${salt.toString("base64").replaceAll("=", "")}$${digest(password, salt)}`;
    },
    async verify(hash, password) {
      const [, id, , salt, expected] = hash?.split("$") ?? [];
      const isHash = id === "scrypt" && salt !== undefined && hash?.split("$").length === 5;
      return isHash && digest(password, Buffer.from(salt, "base64")) === expected;
    },
  };
};

/** A sound token service: JSON and an HMAC of it. */
const createTokens = (): TokenService => {
  const key = randomBytes(32);
  const sign = (body: string): string => createHmac("sha256", key).update(body).digest("base64url");
  return {
    async issue(claims) {
      const expiresAt = Math.floor(claims.expiresAt / 1_000) * 1_000;
      const body = Buffer.from(JSON.stringify({ ...claims, expiresAt })).toString("base64url");
      return `h.${body}.${sign(`h.${body}`)}`;
    },
    async verify(token) {
      const [header, body = "", signature = "", ...rest] = typeof token === "string" ? token.split(".") : [];
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(`${header}.${body}`))];
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      const claims: TokenClaims = JSON.parse(Buffer.from(body, "base64url").toString());
      return claims.expiresAt > Date.now() ? claims : null;
    },
  };
};

const readBody = (token: unknown): TokenClaims | null => {
  try {
    return JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString());
  } catch {
    return null;
  }
};

export const hasherFamily: Family = familyOf(
  passwordHasherContract,
  { name: "scrypt", capabilities: {}, create: () => ({ port: createHasher() }) },
  [
    [
      "has no salt",
      ["hash"],
      (hasher) => {
        const hashes = new Map<string, Promise<string>>();
        return {
          hash(password) {
            const known = hashes.get(password) ?? hasher.hash(password);
            hashes.set(password, known);
            return known;
          },
        };
      },
    ],
    [
      "writes a format of its own",
      ["hash"],
      (hasher) => ({
        hash: async (password) => (await hasher.hash(password)).slice(1),
        verify: (hash, password) => hasher.verify(hash && `$${hash}`, password),
      }),
    ],
    [
      "ignores case",
      ["verify"],
      (hasher) => ({
        hash: (password) => hasher.hash(password.toLowerCase()),
        verify: (hash, password) => hasher.verify(hash, password.toLowerCase()),
      }),
    ],
    [
      "reads 72 bytes",
      ["whole-password"],
      (hasher) => {
        const cut = (password: string): string => Buffer.from(password).subarray(0, 72).toString("latin1");
        return {
          hash: (password) => hasher.hash(cut(password)),
          verify: (hash, password) => hasher.verify(hash, cut(password)),
        };
      },
    ],
    [
      "lets anybody in as nobody",
      ["nobody"],
      (hasher) => ({ verify: async (hash, password) => hash === null || hasher.verify(hash, password) }),
    ],
    [
      "throws at what is no hash",
      ["no-hash"],
      (hasher) => ({
        async verify(hash, password) {
          if (hash !== null && !hash.startsWith("$scrypt$")) throw new Error("Not a hash");
          return hasher.verify(hash, password);
        },
      }),
    ],
    [
      "breaks down under load",
      ["bounded"],
      (hasher) => {
        let working = 0;
        return {
          async verify(hash, password) {
            working += 1;
            if (working > 50) throw new Error("Too much");
            await new Promise((resolve) => setImmediate(resolve));
            working -= 1;
            return hasher.verify(hash, password);
          },
        };
      },
    ],
  ],
);

export const tokenFamily: Family = familyOf(
  tokenServiceContract,
  { name: "HMAC", capabilities: {}, create: () => ({ port: createTokens() }) },
  [
    [
      "does not look at the signature",
      ["isolation", "one-bit", "unsigned"],
      () => ({
        async verify(token) {
          const claims = readBody(token);
          return claims !== null && claims.expiresAt > Date.now() ? claims : null;
        },
      }),
    ],
    [
      "keeps milliseconds",
      ["issue-and-verify"],
      (tokens) => {
        const ends = new Map<string, number>();
        return {
          async issue(claims) {
            const token = await tokens.issue(claims);
            ends.set(token, claims.expiresAt);
            return token;
          },
          async verify(token) {
            const claims = await tokens.verify(token);
            return claims && { ...claims, expiresAt: ends.get(token) ?? claims.expiresAt };
          },
        };
      },
    ],
    [
      "writes names as they are",
      ["fits-a-header", "one-bit", "unsigned"],
      (tokens) => ({
        issue: async (claims) => `${await tokens.issue(claims)}.${claims.username}`,
        verify: (token) => tokens.verify(typeof token === "string" ? token.split(".").slice(0, 3).join(".") : token),
      }),
    ],
    [
      "never expires",
      ["expired"],
      (tokens) => ({
        async verify(token) {
          const [, , signature] = typeof token === "string" ? token.split(".") : [];
          const claims = readBody(token);
          if (claims === null || signature === undefined) return null;
          return (await tokens.issue(claims)) === token ? claims : null;
        },
      }),
    ],
    [
      "takes an unsigned token",
      ["unsigned"],
      (tokens) => ({
        async verify(token) {
          const isUnsigned = typeof token === "string" && token.split(".")[2] === "";
          return isUnsigned ? readBody(token) : tokens.verify(token);
        },
      }),
    ],
    [
      "reads the beginning of the signature",
      ["one-bit"],
      (tokens) => ({
        async verify(token) {
          const claims = readBody(token);
          if (claims === null || typeof claims.expiresAt !== "number" || claims.expiresAt < Date.now()) return null;
          return (await tokens.issue(claims)).slice(0, -2) === token.slice(0, -2) ? claims : null;
        },
      }),
    ],
    [
      "throws at a bad token",
      ["isolation", "expired", "one-bit", "unsigned", "never-throws"],
      (tokens) => ({
        async verify(token) {
          const claims = await tokens.verify(token);
          if (claims === null) throw new Error("Bad token");
          return claims;
        },
      }),
    ],
    [
      "throws at what is no string",
      ["never-throws"],
      (tokens) => ({
        async verify(token) {
          if (typeof token !== "string") throw new TypeError("Not a string");
          return tokens.verify(token);
        },
      }),
    ],
  ],
);
