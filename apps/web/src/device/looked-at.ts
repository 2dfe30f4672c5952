// Whether it is looked at, each tab knows of itself alone; a lock that the visible ones hold tells it to the others.

const name = "standin.visible";
let release = (): void => {};

const follow = (): void => {
  release();
  if (document.hidden) return;
  const hidden = new Promise<void>((resolve) => {
    release = resolve;
  });
  navigator.locks?.request(name, { mode: "shared" }, () => hidden).catch(() => undefined);
};

/** Tells the other tabs, from now on, while this one is visible. */
export const startLookedAt = (): void => {
  document.addEventListener("visibilitychange", follow);
  follow();
};

/** Is the page visible, in this tab or in another one of this browser? */
export const isLookedAt = async (): Promise<boolean> => {
  if (!document.hidden) return true;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some((lock) => lock.name === name);
};
