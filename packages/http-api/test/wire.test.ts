import { ChatError, defaultSettings, type Message, type StandInSettings } from "@standin/core";
import { describe, expect, test } from "vitest";
import {
  messageSchema,
  settingsPatchSchema,
  settingsSchema,
  signUpSchema,
  toErrorJson,
  toMessageJson,
  toSettingsJson,
  toUserJson,
  userSchema,
} from "../src/index.ts";
import { ada, ben, message, view } from "./chat-double.ts";

describe("users", () => {
  test("instants are ISO strings", () => {
    expect(toUserJson(view)).toEqual({
      ...view,
      busySince: "1970-01-01T00:00:00.000Z",
      busyUntil: "1970-01-02T00:00:00.000Z",
    });
    expect(userSchema.parse(toUserJson(view))).toEqual(toUserJson(view));
  });

  test("a hidden e-mail address is absent", () => {
    expect(toUserJson({ ...view, email: null })).not.toHaveProperty("email");
  });
});

describe("messages", () => {
  const plain = {
    _id: message.id,
    sender: ada,
    recipient: ben,
    content: "Hello",
    timestamp: "1970-01-01T00:00:01.000Z",
    seq: 1,
    origin: "person",
  };
  const standIn: Message = {
    ...message,
    origin: "standin",
    clientMsgId: null,
    inReplyTo: "d".repeat(24),
    generator: { provider: "gemini", model: "pro" },
    label: "Ada's assistant",
    verdict: "unconfirmed",
  };

  test("a client's own id goes back to its sender alone", () => {
    expect(toMessageJson(message, ada)).toEqual({ ...plain, clientMsgId: "m-1" });
    expect(toMessageJson(message, ben)).toEqual(plain);
  });

  test("only the recipient of a blocked message can tell", () => {
    const blocked = { ...message, blocked: true };
    expect(toMessageJson(blocked, ben)).toEqual({ ...plain, blocked: true });
    expect(toMessageJson(blocked, ada)).toEqual(toMessageJson(message, ada));
  });

  test("a stand-in's message says whose it is, what it answers and what wrote it", () => {
    const json = toMessageJson(standIn, ben);
    expect(json).toEqual({
      ...plain,
      origin: "standin",
      onBehalfOf: ada,
      label: "Ada's assistant",
      inReplyTo: "d".repeat(24),
      generator: { provider: "gemini", model: "pro" },
      verdict: "unconfirmed",
      notice: false,
    });
    expect(messageSchema.parse(json)).toEqual(json);
  });

  test("what a withdrawn message said is for its owner alone, of a corrected one for both", () => {
    const changed = { ...standIn, rev: 3, previousContent: "before" };
    expect(toMessageJson({ ...changed, verdict: "corrected" }, ben)).toMatchObject({
      rev: 3,
      previousContent: "before",
    });
    expect(toMessageJson({ ...changed, verdict: "withdrawn" }, ada)).toHaveProperty("previousContent", "before");
    expect(toMessageJson({ ...changed, verdict: "withdrawn" }, ben)).not.toHaveProperty("previousContent");
  });

  test("a draft of the assistant that a person sent is the person's", () => {
    const draft: Message = { ...standIn, origin: "person", label: null, verdict: null };
    expect(toMessageJson(draft, ben)).toEqual({
      ...plain,
      inReplyTo: "d".repeat(24),
      generator: { provider: "gemini", model: "pro" },
    });
  });
});

test("an owner's settings: people by their ids, instants as ISO strings, and a shape that knows all of it", () => {
  const settings: StandInSettings = {
    ...defaultSettings,
    people: new Map([[ben, "suggest"]]),
    facts: { text: null, backAt: 86_400_000, delegate: ben, links: ["https://example.org/"] },
  };
  const json = toSettingsJson(settings);
  expect(json).toEqual({
    ...defaultSettings,
    people: { [ben]: { mode: "suggest" } },
    facts: { ...settings.facts, backAt: "1970-01-02T00:00:00.000Z" },
  });
  expect(settingsSchema.parse(json)).toEqual(json);
  // What is answered may be sent back as it is.
  expect(settingsPatchSchema.parse(json)).toEqual(json);
});

test("names and addresses are measured as they are kept", () => {
  const account = (username: string, email: string) =>
    signUpSchema.safeParse({ username, email, password: "password" }).success;
  const address = `${"x".repeat(248)}@x.org`;
  expect(account("e\u0301".repeat(50), ` ${address} `)).toBe(true);
  expect(account("e\u0301".repeat(51), address)).toBe(false);
  expect(account("Ada", `x${address}`)).toBe(false);
});

describe("errors", () => {
  test("a driver's text never gets out", () => {
    const internal = { message: "Something went wrong", code: "INTERNAL" };
    expect(toErrorJson(new Error("E11000 duplicate key"))).toEqual(internal);
    expect(toErrorJson("text")).toEqual(internal);
    expect(toErrorJson(new ChatError("INTERNAL", { cause: new Error("disk I/O error") }))).toEqual(internal);
  });

  test("a sentence meant for people does, with its fields", () => {
    const errors = [{ path: "to", message: "to is required" }];
    expect(toErrorJson(new ChatError("INVALID", { message: "to and message are required", errors }))).toEqual({
      message: "to and message are required",
      code: "INVALID",
      errors,
    });
  });

  test("the documented sentences", () => {
    expect(toErrorJson(new ChatError("UNAUTHORIZED")).message).toBe("You are not authorized");
    expect(toErrorJson(new ChatError("INVALID_CREDENTIALS")).message).toBe("Invalid credentials");
  });
});
