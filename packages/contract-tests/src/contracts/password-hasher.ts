import assert from "node:assert/strict";
import { isChatError, type PasswordHasher } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";

export type PasswordHasherSubject = Subject<PasswordHasher>;

const password = "correct horse battery staple";
/** `$id$…`, with version, parameters, salt and hash as the algorithm needs them. */
const phcFormat =
  /^\$[a-z0-9-]{1,32}(\$v=\d+)?(\$[a-z0-9-]+=[A-Za-z0-9/+.-]+(,[a-z0-9-]+=[A-Za-z0-9/+.-]+)*)?(\$[A-Za-z0-9/+.-]+){1,2}$/;

const cases: readonly ContractCase<PasswordHasherSubject>[] = [
  {
    id: "hash",
    title: "a different string each time, in PHC format, without the password in it",
    invariants: ["PH-01"],
    async run({ port }) {
      const [one, other] = await Promise.all([port.hash(password), port.hash(password)]);
      assert.notEqual(one, other);
      for (const hash of [one, other]) {
        assert.match(hash, phcFormat);
        for (const hidden of [password, Buffer.from(password).toString("base64").replace(/=+$/, "")])
          assert.ok(!hash.includes(hidden), "The password can be read from the hash");
      }
    },
  },
  {
    id: "verify",
    title: "knows the password behind a hash, and no other",
    invariants: ["PH-01"],
    async run({ port }) {
      const hash = await port.hash(password);
      assert.equal(await port.verify(hash, password), true);
      for (const wrong of ["", "Correct horse battery staple", `${password} `, password.slice(0, -1)])
        assert.equal(await port.verify(hash, wrong), false, JSON.stringify(wrong));
    },
  },
  {
    id: "whole-password",
    title: "every byte of 256 counts, in any script",
    invariants: ["PH-01"],
    async run({ port }) {
      const stem = "ж".repeat(127);
      const hash = await port.hash(`${stem}ab`);
      assert.equal(await port.verify(hash, `${stem}ab`), true);
      assert.equal(await port.verify(hash, `${stem}ac`), false);
      const withZero = await port.hash("before\u0000after");
      assert.equal(await port.verify(withZero, "before\u0000after"), true);
      assert.equal(await port.verify(withZero, "before\u0000other"), false);
    },
  },
  {
    id: "nobody",
    title: "the hash of nobody fits no password",
    invariants: ["PH-02"],
    async run({ port }) {
      for (const attempt of ["", password, "null"]) assert.equal(await port.verify(null, attempt), false);
    },
  },
  {
    id: "no-hash",
    title: "a string that is no hash is false, never an error",
    invariants: ["PH-03"],
    async run({ port }) {
      const hash = await port.hash(password);
      for (const broken of [
        "",
        "password",
        password,
        "$",
        "$$$$$",
        "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$",
        hash.slice(0, -4),
        `${hash}$x`,
      ])
        assert.equal(await port.verify(broken, password), false, broken);
    },
  },
  {
    id: "bounded",
    title: "of many calls at once each is done or refused with OVERLOADED, and then it works again",
    invariants: [],
    async run({ port }) {
      const hash = await port.hash(password);
      const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => port.verify(hash, password)));
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") assert.equal(outcome.value, true);
        else assert.ok(isChatError(outcome.reason) && outcome.reason.code === "OVERLOADED", String(outcome.reason));
      }
      assert.equal(await port.verify(hash, password), true);
    },
  },
];

/** What every {@link PasswordHasher} must do. */
export const passwordHasherContract: Contract<PasswordHasherSubject> = {
  id: "password-hasher",
  version: 1,
  title: "Password hasher",
  capabilities: {},
  cases,
};
