import assert from "node:assert/strict";
import type { Message } from "@standin/core";
import { hour, minute, modelRule, only, rule, type Scene, second } from "../scene.ts";
import type { StandInRuleCase } from "../stand-in-subject.ts";

/** Most in any hour, and how many there were in all. */
const crowding = (answers: readonly Message[]): { readonly inAnHour: number; readonly inAll: number } => ({
  inAnHour: Math.max(
    0,
    ...answers.map(({ at }) => answers.filter((each) => each.at >= at && each.at < at + hour).length),
  ),
  inAll: answers.length,
});

/** What the stand-ins of both said. */
const automatic = async ({ store, owner, writer }: Scene): Promise<readonly Message[]> => {
  const conversation = [owner.id, writer.id].sort().join(":");
  const both = await Promise.all(
    [owner, writer].map(({ id }) => store.messages.standInMessages(conversation, id, 1_000)),
  );
  return both.flat();
};

/** Three hours, and nobody in between to see them. */
const threeHours = async ({ time }: Scene): Promise<void> => {
  for (let past = 0; past < 3 * hour; past += 6 * minute) await time.leap(6 * minute);
};

/** R03, R05, R06: what keeps two machines from talking to each other for ever. */
export const loopCases: readonly StandInRuleCase[] = [
  rule(
    "R03",
    "both are BUSY: one message yields one stand-in message, and nothing more in three hours",
    async (scene) => {
      const { owner, writer } = scene;
      await scene.send(writer, owner, "Are you there?");
      // Only now: what he writes while BUSY would silence his own stand-in (R20).
      await scene.declare(writer, "BUSY");
      await threeHours(scene);
      assert.deepEqual(
        (await scene.history(writer, owner)).map(({ origin }) => origin),
        ["person", "standin"],
      );
    },
  ),

  rule(
    "R07-automatic",
    "what a stand-in says to somebody who is BUSY is on that person's record, as automatic",
    async (scene) => {
      const { chat, owner, writer, time } = scene;
      await scene.send(writer, owner, "Are you there?");
      await scene.declare(writer, "BUSY");
      await time.leap(minute);
      const { id: trigger } = only(await scene.said());
      const { decisions } = await chat.standIn.decisions(writer.caller, {});
      assert.deepEqual(
        decisions.map(({ at: _, ...record }) => record),
        [{ peer: owner.id, trigger, decision: "automatic", answer: null, generator: null, detail: null }],
      );
      await scene.declare(writer, "AVAILABLE");
      await scene.nextPeriod();
      await scene.ask("And now?");
      assert.equal((await chat.standIn.decisions(writer.caller, {})).decisions.length, 1);
    },
  ),

  modelRule("R03-model", "the same where models answer for both, as often as can be set", async (scene) => {
    const { owner, writer, chat } = scene;
    for (const { caller } of [owner, writer]) await chat.standIn.changeSettings(caller, { answersPerPeriod: 20 });
    await scene.send(writer, owner, "Are you there?");
    await scene.declare(writer, "BUSY");
    await threeHours(scene);
    assert.deepEqual(
      (await scene.history(writer, owner)).map(({ origin }) => origin),
      ["person", "standin"],
    );
  }),

  modelRule(
    "R05",
    "a peer that writes every 20 s for three hours: 10 answers an hour, 20 without a word of the owner's, over a restart, whatever is set",
    async (scene) => {
      const { owner, writer, time } = scene;
      await scene.settings({ answersPerPeriod: 20 });
      for (let past = 0; past < 3 * hour; past += 20 * second) {
        if (past === 20 * minute) await scene.restart();
        const message = await scene.send(writer, owner, "and?");
        // Where it was decided at once that nothing is said, nobody has anything to do meanwhile.
        if ((await scene.job(message))?.decision === null) await time.leap(20 * second);
        else time.set(time.clock.now() + 20 * second);
      }
      assert.deepEqual(crowding(await automatic(scene)), { inAnHour: 10, inAll: 20 });
      assert.equal((await scene.decisions())[0], "loop");
      // The owner's own word counts from anew, and silences for a while (R20).
      await scene.send(owner, writer, "I am here now");
      await time.leap(31 * minute);
      await scene.nextPeriod();
      await scene.ask();
      assert.equal((await automatic(scene)).length, 21);
    },
  ),

  modelRule(
    "R05-machine",
    "both are BUSY, and one hides a machine that answers each answer at once: no more than that in three hours",
    async (scene) => {
      const { chat, owner, writer, time } = scene;
      await scene.declare(writer, "BUSY");
      for (const { caller } of [owner, writer]) await chat.standIn.changeSettings(caller, { answersPerPeriod: 20 });
      const failures: unknown[] = [];
      chat.subscribe((event) => {
        if (event.type !== "message-stored" || event.message.sender !== owner.id) return;
        scene.send(writer, owner, "I see. And then?").catch((error: unknown) => failures.push(error));
      });
      await scene.send(writer, owner, "Hello!");
      for (let past = 0; past < 3 * hour; past += 20 * second) {
        await time.leap(20 * second);
        if (past % (10 * minute) === 0) await scene.send(writer, owner, "Hello again!");
      }
      assert.deepEqual(failures, []);
      assert.deepEqual(crowding(await automatic(scene)), { inAnHour: 10, inAll: 20 });
    },
  ),

  rule("R05-notices", "fixed texts count too: a new period each time brings 10 in an hour", async (scene) => {
    for (let count = 0; count < 14; count += 1) {
      await scene.nextPeriod();
      await scene.ask("and?", minute);
    }
    assert.deepEqual(crowding(await automatic(scene)), { inAnHour: 10, inAll: 10 });
    assert.deepEqual(new Set((await scene.decisions()).slice(0, 4)), new Set(["loop"]));
  }),

  rule("R06", "a message to oneself triggers nothing", async (scene) => {
    const { owner, time } = scene;
    await scene.send(owner, owner, "note to self");
    await time.leap(minute);
    assert.equal((await scene.history(owner, owner)).length, 1);
    assert.deepEqual(await scene.decisions(), []);
  }),
];
