import { nobodysId, type Row, refusal, type Step, type World } from "../row.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A path that takes a body, with one that it would accept. */
interface Target {
  readonly name: string;
  readonly sentence: string | RegExp;
  readonly step: (world: World) => Pick<Step, "method" | "path"> & { readonly token?: string; readonly body: object };
}

const targets: readonly Target[] = [
  {
    name: "signup",
    sentence: "Please provide an email, username, and password",
    step: () => ({
      method: "POST",
      path: "/signup",
      body: { email: "dee@example.org", password: "password", username: "Dee" },
    }),
  },
  {
    name: "signin",
    sentence: "Invalid credentials",
    step: ({ ada }) => ({ method: "POST", path: "/signin", body: { email: ada.email, password: ada.password } }),
  },
  {
    name: "status",
    sentence: "Status is required and must be 'AVAILABLE' or 'BUSY'",
    step: ({ ada }) => ({
      method: "PATCH",
      path: "/user/update/status",
      token: ada.token,
      body: { status: "BUSY" },
    }),
  },
  {
    name: "message",
    sentence: "to and message are required",
    step: ({ ada, ben }) => ({
      method: "POST",
      path: "/user/message",
      token: ada.token,
      body: { to: ben.id, message: "Hello" },
    }),
  },
  {
    name: "preview",
    sentence: /^message /,
    step: ({ ada }) => ({
      method: "POST",
      path: "/standin/preview",
      token: ada.token,
      body: { message: "Are you there?" },
    }),
  },
  {
    name: "verdict",
    sentence: /^verdict /,
    step: ({ ada }) => ({
      method: "POST",
      path: `/standin/messages/${nobodysId}/verdict`,
      token: ada.token,
      body: { verdict: "confirmed" },
    }),
  },
];

/** What is no string, in JSON. */
const wrong = ["null", "5", "true", "[]", '["x"]', '{"$ne":""}', '{"__proto__":{"x":1}}', '{"length":1}'];

const fieldsOf = ({ step }: Target, world: World): readonly string[] => Object.keys(step(world).body);

const missingFields = (target: Target): Row => ({
  id: `missing-${target.name}`,
  title: `${target.name}: a required field that is missing or of another type is refused by name, in the documented words`,
  steps: (world) => {
    const { body, ...step } = target.step(world);
    return fieldsOf(target, world).flatMap((field) => {
      const others = Object.entries(body).filter(([name]) => name !== field);
      const without = JSON.stringify(Object.fromEntries(others)).slice(1, -1);
      const withField = wrong.map((value) => [without, `"${field}":${value}`].filter((part) => part !== "").join(","));
      return [without, ...withField].map((members) => ({
        ...step,
        bytes: bytes(`{${members}}`),
        ...refusal(400, "INVALID", target.sentence, field),
      }));
    });
  },
});

const noObject = (target: Target): Row => ({
  id: `body-${target.name}`,
  title: `${target.name}: a body that is no JSON object is refused; none at all lacks every field`,
  steps: (world) => {
    const { body, ...step } = target.step(world);
    const refused = (content: Uint8Array, message: string): Step => ({
      ...step,
      bytes: content,
      ...refusal(400, "INVALID", message, ""),
    });
    return [
      ...["{", "{'to':1}", "\u0000", "undefined"].map((text) => refused(bytes(text), "The body is not valid JSON")),
      ...["[]", '"text"', "1", "null"].map((text) => refused(bytes(text), "The body must be a JSON object")),
      refused(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), "The body is not valid UTF-8"),
      ...[bytes(""), bytes("{}")].map((content) => ({
        ...step,
        bytes: content,
        ...refusal(400, "INVALID", target.sentence, ...Object.keys(body)),
      })),
    ];
  },
});

const tooLarge = (target: Target): Row => ({
  id: `size-${target.name}`,
  title: `${target.name}: 64 KiB of body are read, a byte more is 413, declared or not`,
  steps: (world) => {
    const { body, ...step } = target.step(world);
    const padded = (length: number): Uint8Array => {
      const text = JSON.stringify({ ...body, padding: "" });
      return bytes(text.replace('"padding":""', `"padding":"${"x".repeat(length - text.length)}"`));
    };
    const refused = { ...step, ...refusal(413, "TOO_LARGE") };
    return [
      { ...refused, bytes: padded(65_537) },
      { ...refused, bytes: padded(65_537), chunked: true },
      { ...refused, bytes: padded(1_000_000), chunked: true },
      { ...step, bytes: padded(65_536).slice(0, -1), ...refusal(400, "INVALID", "The body is not valid JSON", "") },
    ];
  },
});

/** A value that is a string and still not acceptable. */
const beyond = (name: string, field: string, values: readonly string[]): Row => ({
  id: `beyond-${name}-${field}`,
  title: `${name}: ${field} beyond its limits is refused by name`,
  steps: (world) => {
    const target = targets.find((each) => each.name === name);
    if (target === undefined) return [];
    const { body, ...step } = target.step(world);
    return values.map((value) => ({
      ...step,
      body: { ...body, [field]: value },
      ...refusal(400, "INVALID", new RegExp(field), field),
    }));
  },
});

const ignored: Row = {
  id: "unknown-fields",
  title: "fields in which a client has no say are ignored",
  steps: ({ ada, ben, cy }) => {
    const members = [
      `"to":"${ben.id}","message":"Hello","sender":"${cy.id}","origin":"standin","seq":9,"blocked":true`,
      `"timestamp":"2000-01-01T00:00:00.000Z","_id":"${cy.id}","$set":{"a":1},"__proto__":{"clientMsgId":"x"}`,
    ];
    return [
      {
        method: "POST",
        path: "/user/message",
        token: ada.token,
        bytes: bytes(`{${members.join(",")}}`),
        status: 200,
        answer: {
          message: "Message sent",
          sent: {
            _id: new RegExp(`^(?!${cy.id})[0-9a-f]{24}$`),
            sender: ada.id,
            recipient: ben.id,
            content: "Hello",
            timestamp: "2030-01-01T00:00:00.000Z",
            seq: 1,
            origin: "person",
          },
        },
      },
    ];
  },
};

export const invalidBodyRows: readonly Row[] = [
  ...targets.flatMap((target) => [missingFields(target), noObject(target), tooLarge(target)]),
  beyond("signup", "username", ["x".repeat(51), "a\u0000b", "a\u202eb", "Ada's assistant", "  "]),
  beyond("signup", "email", [`${"x".repeat(250)}@x.org`, "no address"]),
  beyond("signup", "password", ["1234567", "x".repeat(257), "😀".repeat(65)]),
  beyond("message", "message", ["x".repeat(4_001), " \n\t"]),
  beyond("message", "clientMsgId", ["", "x".repeat(65), "with space", "a$b"]),
  beyond("preview", "message", ["x".repeat(4_001), " \n\t"]),
  beyond("preview", "from", ["", "x", "F".repeat(24)]),
  beyond("verdict", "verdict", ["", "Confirmed", "answered"]),
  beyond("status", "note", ["x".repeat(201)]),
  beyond("status", "until", [
    "tomorrow",
    "2029-12-31T23:59:59Z",
    "2030-02-30T00:00:00Z",
    "2031-01-02T00:00:00Z",
    "x".repeat(65),
  ]),
  ignored,
];
