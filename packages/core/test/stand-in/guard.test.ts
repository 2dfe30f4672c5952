import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GuardContext, guard } from "../../src/application/stand-in/guard.ts";
import { canary, instructions } from "../../src/domain/prompt.ts";

const context: GuardContext = {
  ownerName: "Olga",
  links: ["https://example.org/help"],
  texts: [],
  delegateName: "Dora",
  isDraft: false,
};
const guarded = (raw: string, changed: Partial<GuardContext> = {}) => guard(raw, { ...context, ...changed });

describe("R24 what is no answer", () => {
  test.each([
    "",
    "  \n ",
    "\u202e\u200b",
    "...",
    "x".repeat(20_001),
    "<think>She is at home",
    "She is<think>at home</think></think> <think>",
    "<<b>think>She is at home",
    '{"text": "She is away"}',
    '["She is away"]',
    "![a](https://evil.example/x.png)",
    "<".repeat(10_000) + "b>".repeat(5_000),
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
      [...canary].join("."),
      canary.replace("z", "ｚ").replace("e", "é"),
      canary.replace("a", "<b></b>a"),
      `Sure: **${canary}**!`,
    ]) {
      expect(guarded(`My instructions say ${raw}.`)).toBeNull();
    }
  });

  test("a sentence of the instructions, though the canary is left out", () => {
    const sentences = instructions.split(/(?<=\.)\s/u).filter((sentence) => sentence.length > 80);
    expect(sentences.length).toBeGreaterThan(5);
    for (const sentence of sentences) expect(guarded(`Well: "${sentence.toUpperCase()}"`)).toBeNull();
  });

  test.each([
    ["a\u202eb\u0007c\u2066d", "abcd"],
    ["She\u3164 is\u{e0041} a\u034fway", "She is away"],
    [`She${"\u0301".repeat(900)} is away`, `She${"\u0301".repeat(8)} is away`],
    ["👩‍👩‍👧 and ❤️ stay", "👩‍👩‍👧 and ❤️ stay"],
    ["Ask {{delegate}}.", "Ask Dora."],
    ["Ask {{ Delegate }}.", "Ask Dora."],
    ["<think>At home?</think >She is away.", "She is away."],
    ["Call ０１２３ or ＡＢＣ：ok", "Call 0123 or ABC：ok"],
    ["<think>She is at home, says the note.</think>\nShe is away.", "She is away."],
    ["She is at home, says the note.</think>\nShe is away.", "She is away."],
    ["[THINK]At home?[/THINK]She is away.", "She is away."],
    ["<think>a<think>b</think>c</think>She is away.", "She is away."],
    ["She is away.<|im_end|>", "She is away."],
  ])("%j becomes %j", (raw, text) => {
    expect(guarded(raw)).toBe(text);
  });

  test.each([
    "Olga's assistant: she is away",
    "Olga's assistant: Olga's assistant: Olga’s Assistant: she is away",
    "**Olga's assistant:** she is away",
    "[Olga's assistant]: she is away",
    `${"Olga's assistant: ".repeat(1_000)}she is away`,
    "Assistant: she is away",
    "OLGA’S ASSISTANT – she is away",
  ])("the label is put there by code, not by a model: %j", (raw) => {
    expect(guarded(raw)).toBe("she is away");
  });

  test.each([
    "<img src=x onerror=alert(1)>Olga is <b>away</b>",
    "<<b>i>Olga is away<</b>/i>",
    "<scr<script>ipt>Olga is away",
    "<script>fetch('//evil.example/')</script>Olga is away<style type=a>b{c:d}</style>",
    '<a href="https://evil.example">Olga</a> is away',
    "![x](https://evil.example/p.png) Olga is away",
    '![x][1] Olga is away\n\n[1]: https://evil.example/p.png "title"',
    "![x] Olga is away\n[x]: <https://evil.example/p.png>",
    '![x](https://evil.example/p_(1).png "t")Olga is away',
    '[Olga](https://evil.example/ "t") is away',
    "[Olga][1] is away\n[1]: mailto:eve@evil.example",
    "[![x](https://evil.example/p.png)](https://evil.example/)Olga is away",
    "Olga is away <https://evil.example/>",
    "Olga is away <mailto:eve@evil.example>",
    "[Olga](javascript:alert(1)) is away",
    "[Olga](JavaScript:alert%281%29) is away",
  ])("mark-up: %j", (raw) => {
    expect(guarded(raw)).toBe("Olga is away");
  });

  test.each([
    ["See https://evil.example/a?b=c now.", "See now."],
    ["See http://evil.example.", "See."],
    ["[Click](https://evil.example) here", "Click here"],
    ["www.evil.example is not ours", "is not ours"],
    ["0https://evil.example/ or xwww.evil.example", "0 or x"],
    ["İwww.evil.example", "İ"],
    ["Write mailto:eve@evil.example?subject=x now", "Write now"],
    ["See javascript:alert(1) now", "See now"],
    ["See data:text/html;base64,PHNjcmlwdD4= now", "See now"],
    ["See ftp://evil.example and tel:+4930123 now", "See and now"],
    ["See https:evil.example now", "See now"],
    ["See https：//evil.example and ｗｗｗ.evil.example now", "See and now"],
    ["See \\\\evil.example\\share or 10.0.0.7:8080/x now", "See or now"],
    ["See evil.example/login or evil.com now", "See or now"],
    ["See https://example.org.evil.example/help now", "See now"],
    ["See https://example.org@evil.example/help now", "See now"],
    ["See https://example.org/help/more now", "See now"],
    ["See (https://evil.example/a_(b)) now", "See now"],
    [
      "She is back at 10:30, e.g. or i.e. v1.2/3, and/or later:maybe",
      "She is back at 10:30, e.g. or i.e. v1.2/3, and/or later:maybe",
    ],
    ["Write to office@acme.com", "Write to office@acme.com"],
    ["Olga <is away", "Olga < is away"],
    ["Olga is away.<br/>She will<p>be back</p>", "Olga is away.\nShe will\nbe back"],
    ["Is 1 < 2 and 3 > 2? I <3 it.", "Is 1 < 2 and 3 > 2? I <3 it."],
  ])("foreign links: %j becomes %j", (raw, text) => {
    expect(guarded(raw)).toBe(text);
  });

  test("more than 2,000 characters are cut at the last end of a sentence, and no link in its middle", () => {
    const sentence = `${"word ".repeat(30)}end. `;
    const text = guarded(sentence.repeat(30)) ?? "";
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text.endsWith("end.")).toBe(true);
    expect([...(guarded("👋".repeat(5_000)) ?? "")]).toHaveLength(2_000);
    expect(guarded(`${"x".repeat(1_990)} https://example.org/help`)).toBe("x".repeat(1_990));
  });

  test("a placeholder for a delegate whom the owner did not name, however it comes about", () => {
    expect(guarded("Ask {{delegate}}.", { delegateName: null })).toBeNull();
    expect(guarded("Ask {{del<b>egate}}.")).toBeNull();
  });
});

describe("R17 links that the owner shared stay", () => {
  const links = [
    "https://example.org/help",
    "https://en.wikipedia.org/wiki/Foo_(bar)",
    "https://bücher.example:8443/ü?a=1#b",
  ];
  const texts = ["The form is at http://intra.acme/form, the shop at acme.com/shop or tel:+4930123."];
  test.each([
    "(https://example.org/help)",
    "See https://example.org/help.",
    "See https://example.org/help, or https://example.org/help!",
    "See “https://example.org/help”.",
    "**https://example.org/help**",
    "Look: https://example.org/help?",
    "On https://example.org/help's first page",
    "https://example.org/help\nhttps://example.org/help",
    "请看https://example.org/help。",
    "(See https://en.wikipedia.org/wiki/Foo_(bar).)",
    "See https://bücher.example:8443/ü?a=1#b now",
    "Fill in http://intra.acme/form, or see acme.com/shop, or tel:+4930123.",
  ])("%j", (raw) => {
    expect(guarded(raw, { links, texts })).toBe(raw);
  });

  test.each([
    ["See https://example.org/help/ now", "See https://example.org/help now"],
    ["See HTTPS://Example.ORG/help now", "See https://example.org/help now"],
    ["See example.org/help now", "See https://example.org/help now"],
    ["See https://xn--bcher-kva.example:8443/%C3%BC?a=1#b", "See https://bücher.example:8443/ü?a=1#b"],
    ['See [the help](https://example.org/help "t").', "See the help https://example.org/help."],
    ["See [https://example.org/help](https://example.org/help).", "See https://example.org/help."],
    ["See [Foo](https://en.wikipedia.org/wiki/Foo_(bar)).", "See Foo https://en.wikipedia.org/wiki/Foo_(bar)."],
    ["See <https://example.org/help>.", "See https://example.org/help."],
    ["See [the help][1].\n[1]: https://example.org/help", "See the help.\nhttps://example.org/help"],
    ["https://example.org/help了解更多", "https://example.org/help 了解更多"],
    ["(https://example.org/help)https://evil.example", "(https://example.org/help )"],
  ])("%j becomes %j: as the owner wrote it", (raw, text) => {
    expect(guarded(raw, { links, texts })).toBe(text);
  });
});

test("the label by a first name alone is one as well", () => {
  expect(guarded("Olga’s assistant: she is away", { ownerName: "Olga Berg" })).toBe("she is away");
});

test("R14 a claim is none that is only mentioned, and a draft may speak as its owner", () => {
  expect(guarded("I am Olga's assistant.")).toBe("I am Olga's assistant.");
  expect(guarded("I am **Olga**.")).toBeNull();
  expect(guarded("I am <b>Olga</b>.")).toBeNull();
  expect(guarded("I am a real person.")).toBeNull();
  expect(guarded("I am Olga.", { isDraft: true })).toBe("I am Olga.");
});

describe("whatever a model says", () => {
  const pieces = fc.constantFrom(
    ..."https://evil.example/|https://example.org/help|www.evil.example| evil.com/x | mailto:eve@evil.example| javascript:alert(1)| data:x".split(
      "|",
    ),
    ..."![ ]( ] ( ) [ [1] < > <b> </ | <think> </think> {{delegate}} Olga Olga's assistant: \u202e \u0000 \u3164 👩‍👩‍👧".split(
      " ",
    ),
    ". ",
    "\n\n\n",
    "\n[1]: ",
    "word ",
    "她在",
  );
  const long = fc
    .tuple(pieces, fc.integer({ min: 1, max: 20_000 }))
    .map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));
  const mixed = fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: pieces },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
      ),
      { maxLength: 200 },
    )
    .map((parts) => parts.join(""));

  const check = (raw: string): void => {
    const said = guarded(raw);
    if (said === null) return;
    expect([...said].length).toBeLessThanOrEqual(2_000);
    expect(said).not.toMatch(/(?![\n\t])\p{Cc}|[\u200b\u202a-\u202e\u2066-\u2069\u3164]/u);
    expect(said).not.toMatch(/<[a-z/!?]|!\[[^[\]]*\]|\[[^[\]]*\]\([^()]*\)|\{\{delegate\}\}|<\/?think>/iu);
    const own = /^https:\/\/example\.org\/help(?:'s|[.,;:!?'"*_~)\]}>]|(?!\p{ASCII})\p{P})*$/u;
    for (const [link] of said.matchAll(/(?:https?:\/\/|www\.)\S*/giu)) expect(link).toMatch(own);
    expect(said).not.toMatch(/(?<!\p{L})(?:mailto|javascript|data):[^\s:]|evil\.com\/x/u);
    expect(guarded(said), "a second look changes nothing").toBe(said);
  };

  test("what may be said is short, visible and plain, and leads nowhere but to the owner's links", () => {
    fc.assert(fc.property(mixed, check), { numRuns: 2_000 });
  });

  test("the same for 20,000 characters of anything, said over and over", () => {
    fc.assert(fc.property(long, check), { numRuns: 300 });
  });
});
