import { type Clock, isId, type TokenClaims, type TokenService } from "@standin/core/ports";
import { type CryptoKey, type JWTPayload, jwtVerify, SignJWT } from "jose";

export interface JwtTokenServiceOptions {
  /** The key, at least 32 bytes; a string stands for its UTF-8 bytes. Nodes that accept each other's tokens share it. */
  readonly secret: string | Uint8Array;
  /** `iss`. Default: "standin". */
  readonly issuer?: string;
  /** `aud`. Default: "standin". */
  readonly audience?: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const algorithm = "HS256";
const type = "JWT";
const shortestSecret = 32;
/** Longer than any token that is issued; what is longer is refused before any work is done for it. */
const longestToken = 4_096;

/**
 * A {@link TokenService} that signs JSON Web Tokens with HS256 and accepts nothing else. The payload carries `user_id` and `username`, and
 * `jti`, `iat`, `exp`, `iss`, `aud`.
 *
 * @throws TypeError when the secret is shorter than 32 bytes.
 * @example
 * const tokens = createJwtTokenService({ secret: randomBytes(32) });
 * const token = await tokens.issue({ userId, username: "Ann", sessionId: ids.secret(), expiresAt: Date.now() + 3_600_000 });
 */
export const createJwtTokenService = (options: JwtTokenServiceOptions): TokenService => {
  const { issuer = "standin", audience = "standin", clock = { now: () => Date.now() } } = options;
  const key = importKey(options.secret);

  return {
    async issue({ userId, username, sessionId, expiresAt }: TokenClaims): Promise<string> {
      return new SignJWT({ user_id: userId, username })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setJti(sessionId)
        .setIssuedAt(toSeconds(clock.now()))
        .setExpirationTime(toSeconds(expiresAt))
        .setIssuer(issuer)
        .setAudience(audience)
        .sign(await key);
    },

    async verify(token: string): Promise<TokenClaims | null> {
      if (!isCanonical(token)) return null;
      try {
        const { payload } = await jwtVerify(token, await key, {
          algorithms: [algorithm],
          typ: type,
          issuer,
          audience,
          currentDate: new Date(clock.now()),
        });
        return claimsOf(payload);
      } catch {
        return null;
      }
    },
  };
};

const toSeconds = (ms: number): number => Math.floor(ms / 1_000);

/** The secret as a key that cannot be read back, imported once. */
const importKey = (secret: string | Uint8Array): Promise<CryptoKey> => {
  // Without a secret, which only types forbid, these are no bytes.
  const bytes = typeof secret === "object" ? secret : new TextEncoder().encode(secret);
  if (bytes.length < shortestSecret)
    throw new TypeError(`The token secret must have at least ${shortestSecret} bytes; it has ${bytes.length}`);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
};

/**
 * Has the token the one spelling in which it was issued? The last character of the signature holds two bits that decoders ignore: without
 * this, four different strings would be the same token.
 */
const isCanonical = (token: unknown): boolean => {
  if (typeof token !== "string" || token.length > longestToken) return false;
  const signature = token.slice(token.lastIndexOf(".") + 1);
  return Buffer.from(signature, "base64url").toString("base64url") === signature;
};

/** null: signed by us, but not one of our tokens. */
const claimsOf = (payload: JWTPayload): TokenClaims | null => {
  const { user_id: userId, username, jti: sessionId, iat, exp } = payload as Record<string, unknown>;
  if (!isId(userId) || typeof username !== "string" || typeof sessionId !== "string" || sessionId === "") return null;
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return null;
  return { userId, username, sessionId, expiresAt: (exp as number) * 1_000 };
};
