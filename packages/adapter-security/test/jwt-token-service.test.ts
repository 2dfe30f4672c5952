import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createJwtTokenService } from "../src/index.ts";

const now = Date.UTC(2030, 0, 1);
const seconds = now / 1_000;
const clock = { now: () => now };
const secret = "a secret of thirty-two bytes, or more";
const service = createJwtTokenService({ secret, clock });

const claims = {
  userId: "0123456789abcdef01234567",
  username: "Ann Example",
  sessionId: "session_of_ann-000001",
  expiresAt: now + 60_000,
};
const goodHeader = { alg: "HS256", typ: "JWT" };
const goodPayload = {
  user_id: claims.userId,
  username: claims.username,
  jti: claims.sessionId,
  iat: seconds,
  exp: seconds + 60,
  iss: "standin",
  aud: "standin",
};

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const hmac = (text: string, key: string | Buffer = secret, hash = "sha256"): string =>
  createHmac(hash, key).update(text).digest("base64url");
const bodyOf = (header: unknown, payload: unknown): string => `${base64url(header)}.${base64url(payload)}`;
const signed = (header: unknown, payload: unknown, key: string | Buffer = secret, hash = "sha256"): string => {
  const body = bodyOf(header, payload);
  return `${body}.${hmac(body, key, hash)}`;
};
const withHeader = (change: object): string => signed({ ...goodHeader, ...change }, goodPayload);
const withPayload = (change: object): string => signed(goodHeader, { ...goodPayload, ...change });

const good = signed(goodHeader, goodPayload);
const goodBody = bodyOf(goodHeader, goodPayload);
const goodSignature = hmac(goodBody);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const rsaBody = bodyOf({ alg: "RS256", typ: "JWT", jwk: rsa.publicKey.export({ format: "jwk" }) }, goodPayload);
const hmacJwk = { kty: "oct", k: base64url("the key of somebody else entirely!!") };
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** The other spellings of the same 32 bytes, which differ in the two bits that a lenient decoder drops. */
const respelled = [1, 2, 3].map((bits) => {
  const last = alphabet.indexOf(goodSignature.at(-1) ?? "");
  return `${good.slice(0, -1)}${alphabet[last ^ bits]}`;
});

const forgeries: Readonly<Record<string, string>> = {
  "an empty string": "",
  "white space": " ",
  "one word": "token",
  "two dots": "..",
  "three words": "a.b.c",
  "two parts": goodBody,
  "no signature": `${goodBody}.`,
  "a part too many": `${good}.`,
  "five parts, as if encrypted": `${good}.a.b`,
  "a leading dot": `.${good}`,
  "a trailing line feed": `${good}\n`,
  "a leading space": ` ${good}`,
  "the scheme left in front": `Bearer ${good}`,
  "padding after the signature": `${good}=`,
  "JSON serialization": JSON.stringify({
    protected: base64url(goodHeader),
    payload: base64url(goodPayload),
    signature: goodSignature,
  }),
  "a huge, well signed token": withPayload({ padding: "x".repeat(1_000_000) }),
  "a huge string": "x".repeat(5_000_000),

  "another key": signed(goodHeader, goodPayload, "another secret of at least 32 bytes"),
  "an empty key": signed(goodHeader, goodPayload, ""),
  "a cut signature": good.slice(0, -4),
  "a signature of zeros": `${goodBody}.${Buffer.alloc(32).toString("base64url")}`,
  "the signature of another payload": `${bodyOf(goodHeader, { ...goodPayload, user_id: "f".repeat(24) })}.${goodSignature}`,
  "a SHA-512 signature under HS256": signed(goodHeader, goodPayload, secret, "sha512"),
  "the signature respelled, bits 01": respelled[0] as string,
  "the signature respelled, bits 10": respelled[1] as string,
  "the signature respelled, bits 11": respelled[2] as string,

  "alg none without a signature": `${bodyOf({ alg: "none", typ: "JWT" }, goodPayload)}.`,
  "alg none, well signed": withHeader({ alg: "none" }),
  "alg NoNe, well signed": withHeader({ alg: "NoNe" }),
  "alg in lower case": withHeader({ alg: "hs256" }),
  "no alg": withHeader({ alg: undefined }),
  "HS384 under the same secret": signed({ ...goodHeader, alg: "HS384" }, goodPayload, secret, "sha384"),
  "HS512 under the same secret": signed({ ...goodHeader, alg: "HS512" }, goodPayload, secret, "sha512"),
  "RS256, signed with the secret": withHeader({ alg: "RS256" }),
  "RS256, with a key that it brings along": `${rsaBody}.${sign("sha256", Buffer.from(rsaBody), rsa.privateKey).toString("base64url")}`,
  "HS256 under a public key": signed(goodHeader, goodPayload, rsa.publicKey.export({ format: "pem", type: "spki" })),
  "HS256, with a key that it brings along": signed(
    { ...goodHeader, jwk: hmacJwk },
    goodPayload,
    Buffer.from(hmacJwk.k, "base64url"),
  ),
  "no typ": withHeader({ typ: undefined }),
  "another typ": withHeader({ typ: "at+jwt" }),
  "a typ that is no string": withHeader({ typ: 1 }),
  "an unknown critical header": withHeader({ crit: ["unknown"], unknown: true }),
  "an unencoded payload": withHeader({ crit: ["b64"], b64: false }),
  "a header that is no JSON": signed("header", goodPayload),
  "a header that is a list": signed([goodHeader], goodPayload),

  "expired this second": withPayload({ exp: seconds }),
  "expired long ago": withPayload({ exp: 1 }),
  "no expiry": withPayload({ exp: undefined }),
  "an expiry that is text": withPayload({ exp: `${seconds + 60}` }),
  "an expiry within a second": withPayload({ exp: seconds + 60.5 }),
  "an expiry beyond all numbers": withPayload({ exp: 1e300 }),
  "not valid yet": withPayload({ nbf: seconds + 60 }),
  "no time of issue": withPayload({ iat: undefined }),
  "another issuer": withPayload({ iss: "elsewhere" }),
  "no issuer": withPayload({ iss: undefined }),
  "a list of issuers": withPayload({ iss: ["standin"] }),
  "another audience": withPayload({ aud: "elsewhere" }),
  "no audience": withPayload({ aud: undefined }),
  "no session": withPayload({ jti: undefined }),
  "an empty session": withPayload({ jti: "" }),
  "a session that is a number": withPayload({ jti: 1 }),
  "no user": withPayload({ user_id: undefined }),
  "a user that is no id": withPayload({ user_id: "ann" }),
  "a user in upper case": withPayload({ user_id: claims.userId.toUpperCase() }),
  "a user that is an object": withPayload({ user_id: { $ne: null } }),
  "no name": withPayload({ username: undefined }),
  "a name that is a list": withPayload({ username: ["Ann"] }),
  "a payload that is no JSON": signed(goodHeader, "payload"),
  "a payload that is a list": signed(goodHeader, [goodPayload]),
  "a payload of null": signed(goodHeader, "null"),
  "a token within a token": signed({ ...goodHeader, cty: "JWT" }, good),
};

test("the token from which the forgeries are made is good", async () => {
  expect(await service.verify(good)).toEqual(claims);
});

describe("null, without an error, for", () => {
  test.each(Object.entries(forgeries))("%s", async (_, token) => {
    expect(await service.verify(token)).toBeNull();
  });

  test("every token that differs in one bit of one character", async () => {
    const issued = await service.issue(claims);
    for (let at = 0; at < issued.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = String.fromCharCode(issued.charCodeAt(at) ^ (1 << bit));
        const token = issued.slice(0, at) + changed + issued.slice(at + 1);
        expect(await service.verify(token), `character ${at}, bit ${bit}`).toBeNull();
      }
    }
  });

  test.each([undefined, null, 1, {}, [], ["a.b.c"], Buffer.from(good)])("what is no string: %o", async (value) => {
    expect(await service.verify(value as string)).toBeNull();
  });
});

test("the payload has the documented names", async () => {
  const [header = "", payload = ""] = (await service.issue(claims)).split(".");
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual(goodHeader);
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toEqual(goodPayload);
});

test("a token of the longest username in the widest characters is still read", async () => {
  const wide = { ...claims, username: "\u{1f600}".repeat(50) };
  expect(await service.verify(await service.issue(wide))).toEqual(wide);
});

test("the expiry is cut to whole seconds and compared with the given clock", async () => {
  let time = now;
  const timed = createJwtTokenService({ secret, clock: { now: () => time } });
  const token = await timed.issue({ ...claims, expiresAt: now + 1_999 });
  time = now + 999;
  expect(await timed.verify(token)).toEqual({ ...claims, expiresAt: now + 1_000 });
  time = now + 1_000;
  expect(await timed.verify(token)).toBeNull();
});

test("issuer and audience are those of the options", async () => {
  const other = createJwtTokenService({ secret, clock, issuer: "there", audience: "them" });
  expect(await other.verify(await other.issue(claims))).toEqual(claims);
  expect(await other.verify(await service.issue(claims))).toBeNull();
  expect(await service.verify(await other.issue(claims))).toBeNull();
});

test("a secret may be text or its bytes, and is copied", async () => {
  const bytes = new TextEncoder().encode(secret);
  const twin = createJwtTokenService({ secret: bytes, clock });
  bytes.fill(0);
  expect(await service.verify(await twin.issue(claims))).toEqual(claims);
});

test("a secret of fewer than 32 bytes is refused at once", () => {
  expect(() => createJwtTokenService({ secret: "x".repeat(31) })).toThrow(
    new TypeError("The token secret must have at least 32 bytes; it has 31"),
  );
  const unset = {} as { secret: string };
  expect(() => createJwtTokenService(unset)).toThrow("The token secret must have at least 32 bytes; it has 0");
  expect(() => createJwtTokenService({ secret: new Uint8Array(31) })).toThrow(TypeError);
  expect(() => createJwtTokenService({ secret: "é".repeat(15) })).toThrow(TypeError);
  expect(() => createJwtTokenService({ secret: "é".repeat(16) })).not.toThrow();
});
