import assert from "node:assert/strict";
import type { TokenClaims, TokenService } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";

/** Each subject has keys of its own, unlike any other's. */
export type TokenServiceSubject = Subject<TokenService>;

/** Far enough ahead to be good on any clock. */
const claims: TokenClaims = {
  userId: "68d7c1f09b4e5f2a11c30002",
  username: "Zoë “Z” 🦊",
  sessionId: "xU4-session_1",
  expiresAt: Date.UTC(2100, 0),
};

const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The token with one bit of the character at `index` turned, 0 being the lowest of the six that a character stands for. */
const withBitTurned = (token: string, index: number, bit: number): string => {
  const value = base64url.indexOf(token[index] ?? "");
  const other = value < 0 ? String.fromCodePoint(token.charCodeAt(index) ^ (1 << bit)) : base64url[value ^ (1 << bit)];
  return token.slice(0, index) + other + token.slice(index + 1);
};

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const cases: readonly ContractCase<TokenServiceSubject>[] = [
  {
    id: "isolation",
    title: "a token of other keys is null",
    invariants: ["TS-02"],
    async run({ port }, another) {
      const { port: other } = await another();
      assert.equal(await other.verify(await port.issue(claims)), null);
      assert.equal(await port.verify(await other.issue(claims)), null);
    },
  },
  {
    id: "issue-and-verify",
    title: "a token carries its claims, the end cut to whole seconds",
    invariants: ["TS-02", "TS-01"],
    async run({ port }) {
      assert.deepEqual(await port.verify(await port.issue({ ...claims, expiresAt: claims.expiresAt + 999 })), claims);
      const other = { ...claims, username: "Ada", sessionId: "other" };
      assert.deepEqual(await port.verify(await port.issue(other)), other);
    },
  },
  {
    id: "fits-a-header",
    title: "a token fits into an HTTP header, whatever the username",
    invariants: ["TS-01"],
    async run({ port }) {
      assert.match(await port.issue({ ...claims, username: "字".repeat(50) }), /^[A-Za-z0-9._~+/=-]{1,2000}$/);
    },
  },
  {
    id: "expired",
    title: "an expired token is null",
    invariants: ["TS-02"],
    async run({ port }) {
      assert.equal(await port.verify(await port.issue({ ...claims, expiresAt: Date.UTC(2001, 0) })), null);
    },
  },
  {
    id: "one-bit",
    title: "a token changed by one bit, anywhere, is null",
    invariants: ["TS-02"],
    async run({ port }) {
      const token = await port.issue(claims);
      for (let index = 0; index < token.length; index += 1)
        for (let bit = 0; bit < 6; bit += 1) {
          const forged = withBitTurned(token, index, bit);
          assert.equal(await port.verify(forged), null, `Bit ${bit} of character ${index} was turned: ${forged}`);
        }
      assert.deepEqual(await port.verify(token), claims);
    },
  },
  {
    id: "unsigned",
    title: "an unsigned token, or one whose parts were mixed, is null",
    invariants: ["TS-02"],
    async run({ port }) {
      const token = await port.issue(claims);
      const other = await port.issue({ ...claims, userId: "68d7c1f09b4e5f2a11c30003" });
      const [header = "", payload = "", signature = ""] = token.split(".");
      const [, otherPayload = payload] = other.split(".");
      for (const alg of ["none", "None", "NONE", ""]) {
        const unsigned = `${encoded({ alg, typ: "JWT" })}.${payload}`;
        for (const forged of [`${unsigned}.`, unsigned, `${unsigned}.${signature}`])
          assert.equal(await port.verify(forged), null, forged);
      }
      for (const forged of [`${header}.${payload}.`, `${header}.${payload}`, token.slice(0, -1), `${token}A`])
        assert.equal(await port.verify(forged), null, forged);
      if (otherPayload !== payload)
        assert.equal(await port.verify(`${header}.${otherPayload}.${signature}`), null, "The payload was exchanged");
    },
  },
  {
    id: "never-throws",
    title: "what is no token is null, never an error",
    invariants: ["TS-02", "TS-03"],
    async run({ port }) {
      for (const garbage of [
        "",
        ".",
        "..",
        "a.b.c",
        "Bearer x",
        "🦊.🦊.🦊",
        "\u0000",
        "null",
        `${"x".repeat(100_000)}.y.z`,
      ])
        assert.equal(await port.verify(garbage), null, garbage.slice(0, 40));
      // What may arrive from callers without a compiler.
      for (const value of [undefined, null, 7, {}, [], Number.NaN])
        assert.equal(await port.verify(value as never), null, String(value));
    },
  },
];

/** What every {@link TokenService} must do. */
export const tokenServiceContract: Contract<TokenServiceSubject> = {
  id: "token-service",
  version: 1,
  title: "Token service",
  capabilities: {},
  cases,
};
