import assert from "node:assert/strict";
import { type IdGenerator, isId } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";

export interface IdGeneratorSubject extends Subject<IdGenerator> {
  /** Moves the generator's clock, forth or back, for `controlledClock`. */
  moveClock?(ms: number): void;
}

/** `controlledClock`: the clock behind the ids can be moved. */
export type IdGeneratorCapability = "controlledClock";

type GeneratorCase = ContractCase<IdGeneratorSubject, IdGeneratorCapability>;

const many = 20_000;
const hour = 3_600_000;

const take = (port: IdGenerator, count: number): string[] => Array.from({ length: count }, () => port.id());

const assertRising = (ids: readonly string[]): void => {
  ids.forEach((id, index) => {
    assert.ok(isId(id), id);
    const before = ids[index - 1];
    assert.ok(before === undefined || before < id, `${id} does not come after ${before}`);
  });
};

const cases: readonly GeneratorCase[] = [
  {
    id: "generators-apart",
    title: "two generators, at work at the same time, never make the same id or secret",
    invariants: [],
    async run({ port }, another) {
      const { port: other } = await another();
      const made = new Set<string>();
      for (let time = 0; time < many; time += 1) made.add(port.id()).add(other.id());
      assert.equal(made.size, 2 * many);
      assert.notEqual(port.secret(), other.secret());
    },
  },
  {
    id: "rising-ids",
    title: "24 lower-case hexadecimal digits, each greater than all before",
    invariants: [],
    async run({ port }) {
      assertRising(take(port, many));
    },
  },
  {
    id: "clock-goes-back",
    title: "ids rise also when the clock goes back",
    invariants: [],
    capability: "controlledClock",
    async run(subject) {
      const { port } = subject;
      if (subject.moveClock === undefined)
        assert.fail(
          "`controlledClock: true` needs `moveClock(ms)` on what `create` returns: move the clock behind the ids",
        );
      const ids = take(port, 100);
      for (const ms of [-hour, -1, 3 * hour, -2 * hour, 1_000]) {
        subject.moveClock(ms);
        ids.push(...take(port, 100));
      }
      assertRising(ids);
    },
  },
  {
    id: "secrets",
    title: "secrets are 22 or more characters for URLs, all different, without a common beginning",
    invariants: [],
    async run({ port }) {
      const secrets = Array.from({ length: 1_000 }, () => port.secret());
      for (const secret of secrets) assert.match(secret, /^[A-Za-z0-9_-]{22,}$/);
      assert.equal(new Set(secrets).size, secrets.length);
      // 48 random bits: two of a thousand alike would be a wonder.
      assert.equal(new Set(secrets.map((secret) => secret.slice(0, 8))).size, secrets.length);
    },
  },
];

/** What every {@link IdGenerator} must do. */
export const idGeneratorContract: Contract<IdGeneratorSubject, IdGeneratorCapability> = {
  id: "id-generator",
  version: 1,
  title: "Id generator",
  capabilities: {
    controlledClock: {
      about: "The clock behind the ids can be moved, so that a clock that goes back is tried.",
      probe: async (subject) => subject.moveClock !== undefined,
    },
  },
  cases,
};
