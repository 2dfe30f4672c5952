import assert from "node:assert/strict";
import { type AutoResponder, type CancelSignal, isResponderError, type ResponderRequest } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { nextTurn } from "../expectations.ts";

/** What the provider behind the responder does from now on. */
export type ProviderBehaviour =
  /** Answers with a sentence. */
  | "answers"
  /** Takes the request and never answers. */
  | "stalls"
  /** Refuses with a server error whose body contains {@link providerErrorText}. */
  | "fails";

export interface AutoResponderSubject extends Subject<AutoResponder> {
  /** Sets the provider's behaviour, for `remoteProvider`. At first it answers. */
  provider?(behaviour: ProviderBehaviour): Promise<void> | void;
}

/** `remoteProvider`: it asks somebody, who may stall and fail. */
export type AutoResponderCapability = "remoteProvider";

type ResponderCase = ContractCase<AutoResponderSubject, AutoResponderCapability>;

/** What a failing provider says, and nobody else may hear. */
export const providerErrorText = "upstream exploded at worker 7f3a, key sk-secret";

const request: ResponderRequest = {
  purpose: "answer",
  ownerName: "Ada",
  writerName: "Grace",
  busyUntil: "2030-01-01T12:00:00.000Z",
  busyNote: "Exam",
  facts: { text: "The keys are at the desk.", backAt: null, links: ["https://example.com/"], hasDelegate: false },
  turns: [
    { from: "writer", text: "Hello" },
    { from: "assistant", text: "Ada is busy." },
    { from: "writer", text: "Where are the keys?" },
  ],
};

const behave = async (subject: AutoResponderSubject, behaviour: ProviderBehaviour): Promise<void> => {
  if (subject.provider === undefined)
    assert.fail(
      "`remoteProvider: true` needs `provider(behaviour)` on what `create` returns: what the provider does next",
    );
  await subject.provider(behaviour);
};

/** The least that a {@link CancelSignal} is; no `AbortSignal`. */
const plainSignal = (): {
  readonly signal: CancelSignal;
  readonly abort: () => void;
  readonly listeners: () => number;
} => {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    abort: () => {
      aborted = true;
      for (const listener of [...listeners]) listener();
    },
    listeners: () => listeners.size,
  };
};

const cases: readonly ResponderCase[] = [
  {
    id: "replies",
    title: "answers with a text, and names its model",
    invariants: [],
    async run({ port }) {
      const reply = await port.respond(request, new AbortController().signal);
      assert.equal(typeof reply.text, "string");
      assert.notEqual(reply.text.trim(), "");
      assert.ok(port.provider === "template" ? reply.model === null : typeof reply.model === "string");
    },
  },
  {
    id: "any-signal",
    title: "takes any CancelSignal, not only an AbortSignal, and leaves no listener behind",
    invariants: [],
    async run({ port }) {
      const { signal, listeners } = plainSignal();
      await port.respond(request, signal);
      assert.equal(listeners(), 0);
    },
  },
  {
    id: "aborted-before",
    title: "rejects when it was cancelled before it began",
    invariants: ["AR-02"],
    async run({ port }) {
      await assert.rejects(port.respond(request, AbortSignal.abort()));
      const { signal, abort } = plainSignal();
      abort();
      await assert.rejects(port.respond(request, signal));
    },
  },
  {
    id: "aborted-during",
    title: "rejects when it is cancelled while the provider stalls",
    invariants: ["AR-02"],
    capability: "remoteProvider",
    async run(subject) {
      await behave(subject, "stalls");
      const [controller, plain] = [new AbortController(), plainSignal()];
      const answers = [controller.signal, plain.signal].map((signal) => subject.port.respond(request, signal));
      const rejections = Promise.all(answers.map((answer) => assert.rejects(answer)));
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      controller.abort();
      plain.abort();
      await rejections;
    },
  },
  {
    id: "provider-fails",
    title: "a provider's failure is a ResponderError that says nothing of the provider's own words",
    invariants: ["AR-01"],
    capability: "remoteProvider",
    async run(subject) {
      await behave(subject, "fails");
      const error: unknown = await subject.port.respond(request, new AbortController().signal).then(
        () => assert.fail("It answered, though the provider failed"),
        (reason: unknown) => reason,
      );
      assert.ok(isResponderError(error), String(error));
      for (const text of [error.message, error.reason])
        assert.ok(!text.includes(providerErrorText) && !text.includes("sk-secret"), text);
    },
  },
];

/** What every {@link AutoResponder} must do. */
export const autoResponderContract: Contract<AutoResponderSubject, AutoResponderCapability> = {
  id: "auto-responder",
  version: 1,
  title: "Auto-responder",
  capabilities: {
    remoteProvider: {
      about: "It asks a provider, which may stall and fail.",
      probe: async (subject) => subject.provider !== undefined,
    },
  },
  cases,
};
