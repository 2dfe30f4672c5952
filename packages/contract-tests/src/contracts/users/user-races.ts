import assert from "node:assert/strict";
import type { UserRepository } from "@standin/core/ports";
import { createDrafts } from "../../drafts.ts";
import { atOnce, rejectsWith } from "../../expectations.ts";

/** 10 sign-ups with one address at once. */
export const oneWinnerOfAddress = async (users: UserRepository): Promise<void> => {
  const drafts = createDrafts();
  const racing = Array.from({ length: 10 }, () => drafts.user({ email: "same@example.com" }));
  const results = await Promise.allSettled(racing.map((user) => users.create(user)));
  const winners = racing.filter((_, index) => results[index]?.status === "fulfilled");
  assert.equal(winners.length, 1, "Of racing sign-ups with one address exactly one wins");
  for (const result of results)
    if (result.status === "rejected") await rejectsWith("EMAIL_TAKEN", Promise.reject(result.reason));
  assert.equal((await users.findByEmail("same@example.com"))?.id, winners[0]?.id);
  assert.equal((await users.findMany(racing.map(({ id }) => id))).length, 1);
};

/** 10 changes of one version at once, three times. */
export const oneWinnerOfVersion = async (users: UserRepository): Promise<void> => {
  const user = createDrafts().user();
  await users.create(user);
  for (const version of [1, 2, 3]) {
    const results = await atOnce(10, (index) => users.compareAndSet({ ...user, version, username: `Racer ${index}` }));
    const winners = results.flatMap((result) => result ?? []);
    assert.equal(winners.length, 1, `Of 10 racing changes of version ${version} exactly one wins`);
    assert.deepEqual(await users.find(user.id), winners[0]);
    assert.equal(winners[0]?.version, version + 1);
  }
};
