import { sizes } from "@standin/core";
import { nobodysId, type Person, type Row, refusal, type Step, type World } from "../row.ts";

const path = "/standin/settings";

/** What holds for a person who has set nothing. */
const byDefault = {
  mode: "answer",
  newPeople: null,
  people: {},
  noticeText: null,
  facts: { text: null, backAt: null, delegate: null, links: [] },
  shareUntil: true,
  waitSeconds: 0,
  answersPerPeriod: 3,
};

const reads = ({ token }: Person, settings: object): Step => ({
  method: "GET",
  path,
  token,
  status: 200,
  answer: settings,
});

const patches = ({ token }: Person, body: object, settings: object): Step => ({
  method: "PATCH",
  path,
  token,
  body,
  status: 200,
  answer: settings,
});

const encoder = new TextEncoder();

/** Members of a patch in JSON, and the paths of what is wrong with them. */
type Mistake = readonly [members: string, ...paths: readonly string[]];

const json = JSON.stringify;

/** A row of patches that are refused. No one may make more than fifty calls a second. */
const refusedRow = (id: string, title: string, mistakesOf: (world: World) => readonly Mistake[]): Row => ({
  id: `standin-settings-${id}`,
  title: `PATCH /standin/settings refuses ${title} by its path, and changes nothing`,
  steps: (world) => [
    ...mistakesOf(world).map(([members, ...paths]): Step => {
      // What is right beside it must not be taken either.
      const others = members.includes('"shareUntil"') ? '"waitSeconds":9' : '"shareUntil":false';
      return {
        method: "PATCH",
        path,
        token: world.ada.token,
        bytes: encoder.encode(`{${others},${members}}`),
        ...refusal(400, "INVALID", new RegExp(`^${paths[0]} `), ...paths),
      };
    }),
    reads(world.ada, byDefault),
  ],
});

const wrong = (member: string, values: readonly string[], ...paths: readonly string[]): readonly Mistake[] =>
  values.map((value) => [`"${member}":${value}`, ...paths]);

const outOfRange = (): readonly Mistake[] => [
  ...wrong("mode", ["5", "true", '"loud"', '"Answer"', "[]", "{}"], "mode"),
  ...wrong("newPeople", ['"loud"', "5"], "newPeople"),
  ...wrong("noticeText", ["5", '""', '" \\n"', json("x".repeat(sizes.noticeText + 1))], "noticeText"),
  ...wrong("shareUntil", ['"yes"', "1"], "shareUntil"),
  ...wrong("waitSeconds", ["-1", "601", "1.5", "1e300", '"1"', "[]"], "waitSeconds"),
  ...wrong("answersPerPeriod", ["0", "21", "2.5", '"3"'], "answersPerPeriod"),
  ['"waitSeconds":-1,"answersPerPeriod":0,"mood":1', "waitSeconds", "answersPerPeriod", "mood"],
];

const unknown = (): readonly Mistake[] => [
  ['"mood":"off"', "mood"],
  ['"Mode":"off"', "Mode"],
  ['"__proto__":{"mode":"off"}', "__proto__"],
];

const wrongPeople = ({ ben }: World): readonly Mistake[] => {
  const many = Array.from({ length: sizes.people + 1 }, (_, index) => index.toString(16).padStart(24, "0"));
  return [
    ...wrong("people", ["[]", '"off"', "5"], "people"),
    ...wrong("people", [json({ [ben.id]: { mode: "loud" } })], `people.${ben.id}.mode`),
    ...wrong("people", [json({ [ben.id]: { mood: "off" } })], `people.${ben.id}.mood`),
    ...wrong(
      "people",
      ["off", ["off"], 5].map((value) => json({ [ben.id]: value })),
      `people.${ben.id}`,
    ),
    ...wrong("people", ['{"ben":{"mode":"off"}}'], "people.ben"),
    ...wrong("people", ['{"constructor":{"mode":"off"}}'], "people.constructor"),
    ...wrong("people", ['{"__proto__":{"mode":"off"}}'], "people.__proto__"),
    ...wrong("people", [`{"${ben.id}":{"__proto__":{"mode":"off"}}}`], `people.${ben.id}.__proto__`),
    ...wrong("people", [json(Object.fromEntries(many.map((id) => [id, { mode: "off" }])))], "people"),
  ];
};

const wrongFacts = ({ ada }: World): readonly Mistake[] => {
  const fact = (name: string, values: readonly unknown[], ...paths: readonly string[]): readonly Mistake[] =>
    wrong(
      "facts",
      values.map((value) => json({ [name]: value })),
      ...paths,
    );
  const noInstants = [
    5,
    "",
    "tomorrow",
    "2030-01-01",
    "2030-01-01T00:00:00",
    "2030-13-01T00:00:00Z",
    "2030-02-30T00:00:00Z",
    "0".repeat(65),
  ];
  return [
    ...wrong("facts", ["[]", '"text"', "5"], "facts"),
    ...fact("age", [5], "facts.age"),
    ...wrong("facts", ['{"__proto__":{"text":"x"}}'], "facts.__proto__"),
    ...fact("text", [5, "", " ", "x".repeat(sizes.factsText + 1)], "facts.text"),
    ...fact("backAt", noInstants, "facts.backAt"),
    ...fact("delegate", [5, "ben", nobodysId, ada.id], "facts.delegate"),
    ...fact(
      "links",
      ["https://example.org", [..."123456"].map((each) => `https://example.org/${each}`)],
      "facts.links",
    ),
    ...fact(
      "links",
      [
        ["http://example.org"],
        ["https://me:pw@example.org"],
        [null],
        [5],
        [`https://a.org/${"x".repeat(sizes.factsLink)}`],
      ],
      "facts.links.0",
    ),
    ...fact("links", [["https://example.org", "javascript:alert(1)", "https://"]], "facts.links.1", "facts.links.2"),
  ];
};

/** An owner's settings: read, patched, refused as a whole. */
export const standInSettingsRows: readonly Row[] = [
  {
    id: "standin-settings",
    title:
      "PATCH /standin/settings keeps what is absent, takes null for the default, and answers all settings, the caller's alone",
    steps: ({ ada, ben, cy }) => {
      const set = {
        mode: "suggest",
        newPeople: "notice",
        people: { [ben.id]: { mode: "answer" }, [cy.id]: { mode: "off" } },
        noticeText: "Please call the office.",
        facts: {
          text: "On a train",
          backAt: "2030-01-01T12:00:00.000Z",
          delegate: ben.id,
          links: ["https://example.org/a", "https://example.org/b?c=d"],
        },
        shareUntil: false,
        waitSeconds: 600,
        answersPerPeriod: 20,
      };
      const fewer = {
        ...set,
        mode: "answer",
        people: { [ben.id]: { mode: "answer" } },
        facts: { ...set.facts, text: null, links: [] },
        shareUntil: true,
      };
      const none = { mode: null, newPeople: null, people: null, noticeText: null, facts: null };
      const facts = { ...set.facts, text: " On a train ", backAt: "2030-01-01T13:00:00+01:00" };
      return [
        reads(ada, byDefault),
        patches(ada, {}, byDefault),
        patches(ada, { ...set, noticeText: "Please call the office.\n", facts }, set),
        reads(ada, set),
        patches(
          ada,
          { mode: null, people: { [cy.id]: null }, facts: { text: null, links: null }, shareUntil: null },
          fewer,
        ),
        patches(ada, { people: { [ben.id]: {} } }, fewer),
        patches(ada, { people: { [cy.id]: { mode: "off" } } }, { ...fewer, people: set.people }),
        patches(ada, { people: { [cy.id]: { mode: null } } }, fewer),
        patches(
          ada,
          { facts: { links: ["https://example.org/a"] } },
          {
            ...fewer,
            facts: { ...fewer.facts, links: ["https://example.org/a"] },
          },
        ),
        reads(ben, byDefault),
        patches(ada, { ...none, shareUntil: null, waitSeconds: null, answersPerPeriod: null }, byDefault),
        reads(ada, byDefault),
      ];
    },
  },
  refusedRow("range", "what is out of range", outOfRange),
  refusedRow("unknown", "what is no setting", unknown),
  refusedRow("people", "what is wrong with a person", wrongPeople),
  refusedRow("facts", "what is wrong with a fact", wrongFacts),
  {
    id: "standin-settings-body",
    title: "PATCH /standin/settings takes a JSON object and nothing else; none at all changes nothing",
    steps: ({ ada }) => {
      const step = { method: "PATCH", path, token: ada.token };
      return [
        ...["[]", '[{"mode":"off"}]', "null", "5", '"off"', "true"].map((text) => ({
          ...step,
          bytes: encoder.encode(text),
          ...refusal(400, "INVALID", "The body must be a JSON object", ""),
        })),
        { ...step, bytes: encoder.encode('{"mode":'), ...refusal(400, "INVALID", "The body is not valid JSON", "") },
        { ...step, bytes: encoder.encode(`{"padding":"${"x".repeat(65_536)}"}`), ...refusal(413, "TOO_LARGE") },
        { ...step, bytes: encoder.encode(""), status: 200, answer: byDefault },
      ];
    },
  },
];
