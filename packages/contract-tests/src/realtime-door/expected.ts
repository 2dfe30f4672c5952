import assert from "node:assert/strict";
import type { Fields } from "./device.ts";
import type { Person } from "./scene.ts";

const anId = /^[0-9a-f]{24}$/;
const anInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An id that is nobody's. */
export const nobodysId = "0123456789abcdef01234567";

export const unauthorized = { success: false, message: "You are not authorized", code: "UNAUTHORIZED" } as const;
export const notFound = { success: false, message: "User not found", code: "NOT_FOUND" } as const;

/** What must be in a message of a person, apart from its id and time. */
export const messageOf = (sender: Person, recipient: Person, content: string, seq: number): object => ({
  sender: sender.id,
  recipient: recipient.id,
  content,
  seq,
  origin: "person",
});

/** Is it a message of the API with these fields, and no others but its id and time? Returns its id. */
export const assertMessage = (found: unknown, expected: object): string => {
  assert.ok(typeof found === "object" && found !== null, `Expected a message, not ${String(found)}`);
  const { _id, timestamp } = found as Fields;
  assert.deepEqual(found, { _id, timestamp, ...expected });
  assert.match(String(_id), anId);
  assert.match(String(timestamp), anInstant);
  return String(_id);
};

/** The answer to a send that succeeded. Returns the id of the message. */
export const assertSent = (answer: unknown, expected: object): string => {
  const { sent } = { sent: undefined, ...(answer as object) };
  assert.deepEqual(answer, { success: true, message: "Message sent", sent });
  return assertMessage(sent, expected);
};

/** A refusal for bad input, and the paths of the fields that are wrong. */
export const assertInvalid = (answer: unknown, ...paths: readonly string[]): void => {
  const { success, code, message, errors = [] } = answer as Fields;
  assert.deepEqual({ success, code }, { success: false, code: "INVALID" });
  assert.match(String(message), /./);
  assert.deepEqual(
    (errors as readonly { readonly path: string }[]).map(({ path }) => path),
    paths,
  );
};

/** A person's status as everybody is told of it. */
export const assertStatus = (found: unknown, person: Person, expected: object): void => {
  const { busySince } = found as Fields;
  assert.deepEqual(found, {
    userId: person.id,
    username: person.username,
    connected: true,
    busySince,
    busyUntil: null,
    busyNote: null,
    ...expected,
  });
  const isBusy = (found as Fields)["status"] === "BUSY";
  if (isBusy) assert.match(String(busySince), anInstant);
  else assert.equal(busySince, null);
};

/** What these messages say, in order. */
export const contentsOf = (messages: readonly unknown[]): readonly unknown[] =>
  messages.map((message) => (message as Fields)["content"]);
