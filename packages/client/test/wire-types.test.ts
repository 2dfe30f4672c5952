import type { Preview, StandInSettingsPatch } from "@standin/client";
import { type previewSchema, settingsPatchSchema } from "@standin/http-api";
import { expect, expectTypeOf, test } from "vitest";

/** Every field that there is, so that a new one of the API's has to be added here and in the client. */
const everything: Required<StandInSettingsPatch> = {
  mode: "answer",
  newPeople: null,
  people: { "65f1c3a09b1e8d2f4c7a6b50": { mode: "off" }, "65f1c3a09b1e8d2f4c7a6b51": null },
  noticeText: "Later",
  facts: { text: "On a train", backAt: null, delegate: null, links: ["https://example.org/"] },
  shareUntil: true,
  waitSeconds: 0,
  answersPerPeriod: 3,
};

test("the client's types that are written by hand are those of the API", () => {
  expectTypeOf<Preview>().toEqualTypeOf<(typeof previewSchema)["_output"]>();
  expect(Object.keys(everything)).toEqual(Object.keys(settingsPatchSchema.shape));
  expect(settingsPatchSchema.safeParse(everything).error).toBeUndefined();
});
