import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  type AutoResponder,
  canary,
  isResponderError,
  type ResponderError,
  type ResponderRequest,
} from "@standin/core/ports";
import type { Another, Contract, ContractCase, Subject } from "../../engine/contract.ts";
import { nextTurn } from "../../expectations.ts";
import { type ProviderBehaviour, type ProviderBehaviourName, providerBehaviours } from "./behaviours.ts";
import { type ProviderOutcome, providerOutcomes } from "./outcomes.ts";
import { createPlainSignal } from "./plain-signal.ts";
import type { ProviderDouble } from "./provider-double.ts";

export interface ProviderSubject extends Subject<AutoResponder> {
  /** What the responder asks. */
  readonly double: ProviderDouble;
  /** The same responder with a time limit of a quarter of a second or so. */
  readonly impatient: AutoResponder;
  /** The key that both have; null: they have none. */
  readonly key: string | null;
}

type ProviderCase = ContractCase<ProviderSubject>;

/** A request in which each text can be found again. */
const request: ResponderRequest = {
  purpose: "answer",
  ownerName: "Ada-qx17",
  writerName: "Grace-qx18",
  busyUntil: "2030-01-01T12:00:00.000Z",
  busyNote: "Exam-qx19",
  facts: { text: "Desk-qx20", backAt: null, links: ["https://qx21.example/"], hasDelegate: true },
  turns: [{ from: "writer", text: "Keys-qx22?" }],
};
const secrets = ["qx17", "qx18", "qx19", "qx20", "qx21", "qx22", canary];

const never = new AbortController().signal;

const failureOf = (answer: Promise<unknown>): Promise<ResponderError> =>
  answer.then(
    (reply) => assert.fail(`It answered: ${inspect(reply)}`),
    (error: unknown) => {
      assert.ok(isResponderError(error), `Not a ResponderError: ${inspect(error)}`);
      return error;
    },
  );

/** Neither the key nor anybody's words are in the error, however it is printed. */
const assertDiscreet = (error: Error, key: string | null): void => {
  const printed = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
  for (const secret of key === null ? secrets : [...secrets, key])
    assert.ok(!printed.includes(secret), `The error tells ${secret}: ${printed}`);
};

/**
 * Lets an impatient responder's time run out while the double holds its request, and tells with which subject. On a machine that was asleep the time
 * may be over before the request has arrived: then nothing was tried yet, and a fresh subject asks.
 */
const runOutOfTime = async (
  first: ProviderSubject,
  another: Another<ProviderSubject>,
  behaviour: ProviderBehaviour,
): Promise<readonly [ProviderSubject, ResponderError]> => {
  let subject = first;
  for (let tries = 1; tries <= 20; tries += 1) {
    subject.double.answerWith(behaviour);
    const error = await failureOf(subject.impatient.respond(request, never));
    if (subject.double.requests.length > 0) return [subject, error];
    subject = await another();
  }
  return assert.fail("Its time was over each time before it had asked");
};

const passing = ["timeout", "unreachable", "rate-limited", "server-error"];

const assertAskedOnce = ({ requests, strayRequests }: ProviderDouble): void => {
  assert.equal(requests.length, 1, "asked once, whatever happened");
  assert.equal(strayRequests, 0, "asked nobody else");
};

const behaviourCase = ([name, outcome]: [string, ProviderOutcome]): ProviderCase => ({
  id: `provider-${name}`,
  title: "text" in outcome ? `${name}: hands on the text` : `${name}: ${outcome.reason}`,
  invariants: [],
  async run(given, another) {
    const behaviour = providerBehaviours[name as ProviderBehaviourName];
    given.double.answerWith(behaviour);
    if ("text" in outcome) {
      const { text, model } = await given.port.respond(request, never);
      assert.equal(text, outcome.text);
      assert.equal(typeof model, "string");
      assertAskedOnce(given.double);
      return;
    }
    const [{ double, key }, error] =
      outcome.reason === "timeout"
        ? await runOutOfTime(given, another, behaviour)
        : ([given, await failureOf(given.port.respond(request, never))] as const);
    const { reason, retryable, retryAfterMs, cause } = error;
    assert.deepEqual(
      { reason, retryable, retryAfterMs },
      { reason: outcome.reason, retryable: passing.includes(outcome.reason), retryAfterMs: outcome.retryAfterMs },
    );
    assert.ok(cause instanceof Error, "The log needs a cause");
    assertDiscreet(error, key);
    if (outcome.givenUp) await double.untilAborted(1);
    assertAskedOnce(double);
  },
});

/** Cancels with both kinds of signal while the double does this, and sees both connections closed from the far side. */
const cancelCase = (id: string, title: string, name: ProviderBehaviourName): ProviderCase => ({
  id,
  title,
  invariants: ["AR-02"],
  async run({ port, double, key }) {
    double.answerWith(providerBehaviours[name]);
    const [controller, plain] = [new AbortController(), createPlainSignal()];
    const failures = Promise.all(
      [controller.signal, plain.signal].map((signal) => failureOf(port.respond(request, signal))),
    );
    await double.untilRequests(2);
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    assert.equal(double.aborted, 0);
    controller.abort(new Error(`for the sake of ${key}`));
    plain.abort();
    for (const error of await failures) {
      assert.equal(error.reason, "timeout");
      assertDiscreet(error, key);
    }
    await double.untilAborted(2);
    assert.equal(plain.listeners, 0);
    assert.equal(double.requests.length, 2);
  },
});

const cases: readonly ProviderCase[] = [
  ...Object.entries(providerOutcomes).map(behaviourCase),
  cancelCase(
    "cancelled-before-headers",
    "closes the connection when cancelled before the headers",
    "hangBeforeHeaders",
  ),
  cancelCase("cancelled-in-body", "closes the connection when cancelled in the body", "hangInBody"),
  {
    id: "cancelled-before",
    title: "asks nobody when it was cancelled before",
    invariants: ["AR-02"],
    async run({ port, double }) {
      const plain = createPlainSignal();
      plain.abort();
      for (const signal of [AbortSignal.abort(), plain.signal])
        assert.equal((await failureOf(port.respond(request, signal))).reason, "timeout");
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      assert.equal(double.requests.length, 0);
      assert.equal(plain.listeners, 0);
    },
  },
  {
    id: "nobody-there",
    title: "nobody listens at the address: unreachable",
    invariants: [],
    async run({ port, double, key }) {
      await double.close();
      const error = await failureOf(port.respond(request, never));
      assert.equal(error.reason, "unreachable");
      assertDiscreet(error, key);
    },
  },
  {
    id: "no-listener-left",
    title: "leaves no listener on the signal, whether it answered or failed",
    invariants: [],
    async run({ port, double }) {
      const plain = createPlainSignal();
      await port.respond(request, plain.signal);
      double.answerWith(providerBehaviours.serverError);
      await failureOf(port.respond(request, plain.signal));
      assert.equal(plain.listeners, 0);
    },
  },
  {
    id: "recovers",
    title: "answers again after every kind of failure, from one responder",
    invariants: [],
    async run({ port, double }) {
      for (const name of ["reset", "html", "hugeBody", "rateLimited"] as const) {
        double.answerWith(providerBehaviours[name]);
        await failureOf(port.respond(request, never));
        double.answerWith(providerBehaviours.answer);
        await port.respond(request, never);
      }
    },
  },
];

/**
 * What a responder must make of whatever its provider does. Beside the contract of the port: this one needs a double in the provider's
 * format, and one is made for any format by `createProviderDouble`.
 */
export const providerContract: Contract<ProviderSubject> = {
  id: "provider",
  version: 1,
  title: "Responder on a provider",
  capabilities: {},
  cases,
};
