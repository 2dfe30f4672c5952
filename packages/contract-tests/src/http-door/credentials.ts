import { createHash } from "node:crypto";
import type { Clock, PasswordHasher, TokenClaims, TokenService } from "@standin/core/ports";

const digest = (text: string): string => createHash("sha256").update(`http-door ${text}`).digest("base64url");

/** Stands in for a hash that is slow on purpose: a table of a hundred requests need not wait for it. */
export const createQuickHasher = (): PasswordHasher => ({
  hash: async (password) => digest(password),
  verify: async (hash, password) => hash !== null && hash === digest(password),
});

const seal = (claims: TokenClaims): string => {
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${body}.${digest(body)}`;
};

/** Stands in for signed tokens: sealed with a digest that only this file can make, and expiring by the given clock. */
export const createQuickTokens = (clock: Clock): TokenService => ({
  issue: async (claims) => seal(claims),
  async verify(token) {
    const [body = "", mark] = token.split(".");
    if (mark !== digest(body)) return null;
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as TokenClaims;
    return claims.expiresAt > clock.now() ? claims : null;
  },
});

/** The same token, as if it had ended long ago. */
export const expiredToken = (token: string): string => {
  const claims = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as TokenClaims;
  return seal({ ...claims, expiresAt: 1_000 });
};

/** The same token with another person in it, and the old seal. */
export const forgedToken = (token: string, userId: string): string => {
  const [body = "", mark = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as TokenClaims;
  return `${Buffer.from(JSON.stringify({ ...claims, userId })).toString("base64url")}.${mark}`;
};
