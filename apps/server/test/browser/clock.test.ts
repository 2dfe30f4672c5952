import { afterAll, beforeAll, expect, test } from "vitest";
import { seenBy, send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, zoneAt } from "./browsers.ts";
import { log, messageWith, openFromList, setStatusTo, write } from "./on-the-page.ts";

cleanUpAfterwards();

const minute = 60_000;
const wrongBy = 75 * minute;

/** A device whose clock is wrong. What measures spans of time runs as ever. */
const deviceOff = (ms: number): string => `
  const RightDate = Date;
  globalThis.Date = class extends RightDate {
    constructor(...given) {
      if (given.length === 0) super(RightDate.now() + ${ms});
      else super(...given);
    }
    static now() {
      return RightDate.now() + ${ms};
    }
  };`;

describeInBrowser("a device whose clock is wrong", ({ visitAs }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  for (const [which, off] of [
    ["ahead", wrongBy],
    ["behind", -wrongBy],
  ] as const)
    test(`${which} by more than an hour, so that it has another day: today is today, ends of busy are right, those set too`, async () => {
      const { url } = server;
      const [ada, bob] = [await signUp(url, "ada"), await signUp(url, "bob")];
      await send(url, bob, ada, "By the right clock");
      const until = Date.now() + 5 * minute;
      await setStatus(url, bob, { status: "BUSY", until: new Date(until).toISOString() });
      // Before midnight by the right clock and after it by the wrong one, or the other way round; with ten minutes for the test.
      const now = new Date();
      const hour = off < 0 ? 0 : now.getUTCMinutes() < 50 ? 23 : 22;
      const { page } = await visitAs(url, ada, { timezoneId: zoneAt(hour, now), script: deviceOff(off) });
      const days = await page.evaluate<number[]>(`[new Date().getDate(), new Date(${Date.now()}).getDate()]`);
      expect(days[0], "the wrong clock has another day").not.toBe(days[1]);

      await openFromList(page, bob.username);
      await messageWith(page, "By the right clock").waitFor();
      await write(page, "By the wrong clock");
      await messageWith(page, "By the wrong clock").getByText("Sent", { exact: true }).waitFor();
      // By what the server said, once the page has caught up with it.
      await log(page).getByRole("heading", { level: 2, name: "Today" }).waitFor();
      expect(await log(page).getByRole("heading", { level: 2 }).allTextContents()).toEqual(["Today"]);
      const end = await page.evaluate<string>(
        `new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit" }).format(${until})`,
      );
      await page.getByText(`${bob.username} is busy until ${end}.`).waitFor();

      const before = Date.now();
      await setStatusTo(page, "30 minutes");
      const { busyUntil } = await seenBy(url, bob, ada);
      // The server's own clock has whole seconds where it is read.
      expect(Date.parse(busyUntil)).toBeGreaterThan(before + 30 * minute - 2_000);
      expect(Date.parse(busyUntil)).toBeLessThan(Date.now() + 30 * minute + 2_000);
    });
});
