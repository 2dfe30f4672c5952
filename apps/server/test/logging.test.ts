import { expect, test } from "vitest";
import { redactFields } from "../src/logging/redact.ts";
import { connect } from "./devices.ts";
import { call, send, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards, startServer } from "./server-process.ts";

cleanUpAfterwards();

test("private fields are taken out wherever they are", () => {
  const fields = {
    userId: "0123",
    token: "t",
    request: { headers: { authorization: "Bearer t" }, Password: "p", list: [{ content: "c" }, { seq: 1 }] },
    err: new Error("outer", { cause: Object.assign(new Error("inner"), { code: "EIO" }) }),
    bytes: Buffer.from("secret"),
  };
  const redacted = redactFields(fields);
  expect(redacted).toMatchObject({
    userId: "0123",
    token: "[redacted]",
    request: { headers: "[redacted]", Password: "[redacted]", list: [{ content: "[redacted]" }, { seq: 1 }] },
    err: { type: "Error", message: "outer", cause: { message: "inner", code: "EIO" } },
    bytes: "[bytes]",
  });
});

test("what a parser quotes, and tokens in any text, are taken out", () => {
  let parsing: unknown;
  try {
    JSON.parse('{"password": hunter2}');
  } catch (error) {
    parsing = error;
  }
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
  const text = JSON.stringify(
    redactFields({ err: parsing, url: `/x?token=${token}`, other: new Error(`bad ${token}`) }),
  );
  expect(text).not.toMatch(/hunter2|eyJ/);
  expect(text).toContain("/x?token=[token]");
});

test("a cycle ends", () => {
  const fields: { self?: object } = {};
  fields.self = fields;
  expect(JSON.stringify(redactFields(fields))).toContain("[deep]");
});

test.each(["json", "pretty"])(
  "the server's %s log at its loudest holds no password, token, address or text",
  async (format) => {
    const server = await startServer({ env: { LOG_LEVEL: "debug", LOG_FORMAT: format } });
    const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
    const { token } = (await signIn(server.url, ann)).body;
    await signIn(server.url, { email: ann.email, password: "wrong but private" });
    await send(server.url, ann, bob, "a very private text");
    const phone = await connect(server.url, token);
    await phone.ask("sendMessage", { to: bob.id, message: "another private text" });
    await call(server.url, "POST", "/signin", { body: '{"password": "private' });
    const { stdout, stderr } = await server.stop();
    expect(stdout).toBe(`Standin listening on ${server.url}\n`);
    expect(stderr).toContain("serving");
    expect(stderr).not.toMatch(/private|password of|@example\.org|eyJ/);
    const lines = stderr.trim().split("\n");
    if (format === "json") for (const line of lines) expect(JSON.parse(line)).toHaveProperty("level");
    // No terminal, no colours.
    expect(stderr.includes("\u001b")).toBe(false);
  },
);
