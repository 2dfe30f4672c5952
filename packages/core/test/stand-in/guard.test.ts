import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guard } from "../../src/application/stand-in/guard.ts";
import { canary } from "../../src/domain/prompt.ts";

const context = { ownerName: "Olga", links: ["https://example.org/help"], delegateName: "Dora", isDraft: false };
const guarded = (raw: string, changed = {}) => guard(raw, { ...context, ...changed });

describe("R24 what is no answer", () => {
  test.each([
    "",
    "  \n ",
    "\u202e\u200b",
    "...",
    "x".repeat(20_001),
    "<think>She is at home",
    "![a](https://evil.example/x.png)",
  ])("%j", (raw) => {
    expect(guarded(raw)).toBeNull();
  });
});

describe("R17 what must not get through", () => {
  test("the canary, however it is dressed up", () => {
    for (const raw of [
      canary,
      canary.toUpperCase(),
      [...canary].join("\u200b"),
      [...canary].join(" "),
      `Sure: **${canary}**!`,
    ]) {
      expect(guarded(`My instructions say ${raw}.`)).toBeNull();
    }
  });

  test.each([
    ["See https://evil.example/a?b=c now.", "See now."],
    ["See https://example.org/help.", "See https://example.org/help."],
    ["[Click](https://evil.example) here", "Click here"],
    ["![x](https://evil.example/p.png) Olga is away", "Olga is away"],
    ["<img src=x onerror=alert(1)>Olga is <b>away</b>", "Olga is away"],
    ["www.evil.example is not ours", "is not ours"],
    ["0https://evil.example/ or xwww.evil.example", "0 or x"],
    ["a\u202eb\u0007c\u2066d", "abcd"],
    ["Olga's assistant: she is away", "she is away"],
    ["Ask {{delegate}}.", "Ask Dora."],
    ["<think>She is at home, says the note.</think>\nShe is away.", "She is away."],
  ])("%j becomes %j", (raw, text) => {
    expect(guarded(raw)).toBe(text);
  });

  test("a placeholder for a delegate whom the owner did not name", () => {
    expect(guarded("Ask {{delegate}}.", { delegateName: null })).toBeNull();
  });

  test("more than 2,000 characters are cut at the last end of a sentence", () => {
    const sentence = `${"word ".repeat(30)}end. `;
    const text = guarded(sentence.repeat(30)) ?? "";
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text.endsWith("end.")).toBe(true);
    expect([...(guarded("👋".repeat(5_000)) ?? "")]).toHaveLength(2_000);
  });
});

describe("R14 what passes for the owner or for human", () => {
  test.each([
    "I am Olga.",
    "Hi, I'm Olga, what is it?",
    "This is Olga speaking",
    "See you soon\n- Olga",
    "Hier ist Olga.",
    "Je suis Olga",
    "I'm not an AI, promise.",
    "I am a real human",
    "Ich bin kein Bot.",
    "No soy un robot",
  ])("%j", (raw) => {
    expect(guarded(raw)).toBeNull();
  });

  test.each([
    "I am Olga's assistant.",
    "This is Olga’s assistant speaking.",
    "Olga is busy.",
    "I am an AI.",
    "I'm Olgagoras? No.",
  ])("%j may be said", (raw) => {
    expect(guarded(raw)).not.toBeNull();
  });
});

test("whatever comes out is short and visible, and leads nowhere", () => {
  const pieces = fc.constantFrom(
    "https://evil.example/",
    "![",
    "](",
    ")",
    "<b>",
    "\u202e",
    "\u0000",
    "Olga",
    ". ",
    "{{delegate}}",
    "\n\n\n",
    "word ",
    "👩‍👩‍👧",
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 200 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (raw) => {
      const said = guarded(raw);
      if (said === null) return;
      expect([...said].length).toBeLessThanOrEqual(2_000);
      expect(said).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|evil\.example/u);
    }),
    { numRuns: 2_000 },
  );
});
