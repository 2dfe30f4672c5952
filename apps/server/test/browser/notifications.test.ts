import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../eventually.ts";
import { call, send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, type Visitor } from "./browsers.ts";
import { goToArea, messageWith, until } from "./on-the-page.ts";

cleanUpAfterwards();

/** Writes down each notification that the page asks for, and lets it pass. */
const listen = `
  globalThis.told = [];
  // An empty page has no workers.
  const { showNotification } = globalThis.ServiceWorkerRegistration?.prototype ?? {};
  if (showNotification !== undefined)
    ServiceWorkerRegistration.prototype.showNotification = function (title, options) {
      told.push(title + ": " + options.body);
      return showNotification.call(this, title, options);
    };`;

/** A browser without a window never hides a page, so the page is told that it is hidden. */
const hide = (page: Page, hidden: boolean): Promise<unknown> =>
  page.evaluate(`
    Object.defineProperty(document, "hidden", { configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event("visibilitychange"));`);

const told = (page: Page, count: number): Promise<readonly string[]> =>
  eventually(
    () => page.evaluate<string[]>("told"),
    ({ length }) => length >= count,
  );

/** Does what the system does when somebody taps on a notification: nobody else can, where there is no screen. */
const tapNotification = async ({ context }: Visitor, title: string): Promise<void> => {
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(`(async () => {
    const all = await registration.getNotifications();
    const notification = all.find((one) => one.title === ${JSON.stringify(title)});
    if (notification === undefined) return;
    const event = new NotificationEvent("notificationclick", { notification });
    // Only the system's own events may be waited for. A browser that nobody touches does not let a worker take the focus.
    event.waitUntil = (done) => done.catch(() => undefined);
    dispatchEvent(event);
  })()`);
};

describeInBrowser("notifications", ({ visitAs, newTab }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off", AI_MERGE_WINDOW_MS: "50" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("while the page is hidden each message of others is told once, and a tap opens its conversation", async () => {
    const { url } = server;
    const [me, friend, pest] = [await signUp(url, "mia"), await signUp(url, "finn"), await signUp(url, "paul")];
    for (const other of [friend, pest]) await send(url, other, me, "First");
    await call(url, "PUT", `/blocks/${pest.id}`, { token: me.token });
    const visitor = await visitAs(url, me, { permissions: ["notifications"], script: listen });
    const { page } = visitor;
    await until(page, "navigator.serviceWorker.ready.then(() => true)");
    await goToArea(page, "Settings");
    const list = page.getByRole("link", { name: /finn/ });
    const wanted = page.getByRole("checkbox", { name: "Tell me about new messages when the page is hidden" });

    await hide(page, true);
    await send(url, friend, me, "Before it was wanted");
    await list.getByText("Before it was wanted").waitFor();
    await wanted.check();
    await until(page, "localStorage.getItem('standin.notifications') === 'on'");

    await send(url, friend, me, "Are you there?");
    await send(url, pest, me, "Buy this");
    await send(url, me, friend, "From my other device");
    await send(url, friend, me, "Hello?");
    await setStatus(url, friend, { status: "BUSY" });
    await send(url, me, friend, "Yes");
    const assistant = `${friend.username}'s assistant`;
    expect(await told(page, 3)).toEqual([
      `${friend.username}: Are you there?`,
      `${friend.username}: Hello?`,
      expect.stringMatching(new RegExp(`^${assistant}: (?!${assistant})`)),
    ]);

    await hide(page, false);
    await send(url, friend, me, "Seen at once");
    await list.getByText("Seen at once").waitFor();
    await hide(page, true);
    await setStatus(url, me, { status: "BUSY" });
    await call(url, "POST", "/standin/requests", { token: friend.token, body: { to: me.id, urgent: true } });
    expect((await told(page, 4)).slice(3)).toEqual([`${friend.username}: ${friend.username} says that it is urgent.`]);
    await setStatus(url, me, { status: "AVAILABLE" });

    await eventually(
      async () => {
        await tapNotification(visitor, friend.username);
        return page.getByRole("heading", { level: 1, name: friend.username }).count();
      },
      (opened) => opened === 1,
    );
    await messageWith(page, "Seen at once").waitFor();

    await goToArea(page, "Settings");
    await wanted.uncheck();
    await send(url, friend, me, "Too late");
    await list.getByText("Too late").waitFor();
    expect((await told(page, 0)).length).toBe(4);
  });

  test("while another tab is visible nothing is told; with all of them hidden each message is shown once", async () => {
    const { url } = server;
    const [me, friend] = [await signUp(url, "olga"), await signUp(url, "piet")];
    await send(url, friend, me, "First");
    const wanted = `${listen}; try { localStorage.setItem("standin.notifications", "on") } catch {}`;
    const visitor = await visitAs(url, me, { permissions: ["notifications"], script: wanted });
    const { page } = visitor;
    await until(page, "navigator.serviceWorker.ready.then(() => true)");
    const tab = await newTab(visitor, url);
    const visibleTabs = (count: number) =>
      until(
        page,
        `navigator.locks.query().then(({ held }) => held.filter(({ name }) => name === "standin.visible").length === ${count})`,
      );
    await visibleTabs(2);
    await hide(page, true);
    await visibleTabs(1);
    await send(url, friend, me, "Seen in the other tab");
    for (const one of [page, tab])
      await one.getByRole("link", { name: /piet/ }).getByText("Seen in the other tab").waitFor();

    await hide(tab, true);
    await visibleTabs(0);
    await send(url, friend, me, "Seen in none");
    for (const one of [page, tab]) expect(await told(one, 1)).toEqual([`${friend.username}: Seen in none`]);
    const shown = "navigator.serviceWorker.ready.then((ready) => ready.getNotifications())";
    await until(page, `${shown}.then((all) => all.length === 1 && all[0].body === "Seen in none")`);
  });

  test("where the browser does not allow them, the settings say so", async () => {
    const { page } = await visitAs(server.url, await signUp(server.url, "nils"), { permissions: ["geolocation"] });
    await goToArea(page, "Settings");
    await page.getByText("The browser does not allow it.").waitFor();
    const wanted = page.getByRole("checkbox", { name: "Tell me about new messages when the page is hidden" });
    expect(await wanted.isDisabled()).toBe(true);
  });
});
