import type { ClientStorage } from "@standin/client";

/** What every storage does. Each case is given a fresh one and rejects when it does not; they run in Node.js and in browsers alike. */
export const storageCases: Readonly<Record<string, (storage: ClientStorage) => Promise<void>>> = {
  "what is put can be read, and is a copy": async (storage) => {
    const value = { text: "Grüße 👋", list: [1, null] };
    await storage.write({ put: new Map([["a/1", value]]) });
    value.list.push(2);
    same(await storage.read("a/1"), { text: "Grüße 👋", list: [1, null] });
    same(await storage.read("a/2"), undefined);
  },
  "a list has what begins with the prefix and nothing else, in the order of the keys": async (storage) => {
    const keys = ["b/10", "a/2", "a/10", "ab", "a/", "a"];
    await storage.write({ put: new Map(keys.map((key) => [key, key])) });
    same(await storage.list("a/"), ["a/", "a/10", "a/2"]);
    same(await storage.list(""), ["a", "a/", "a/10", "a/2", "ab", "b/10"]);
    same(await storage.list("c"), []);
  },
  "a change removes first, by prefix and by key, and then puts": async (storage) => {
    await storage.write({ put: new Map(["a/1", "a/2", "b/1", "b/2"].map((key) => [key, "old"])) });
    same(await storage.write({ removeAll: ["a/"], remove: ["b/1", "c"], put: new Map([["a/2", "new"]]) }), true);
    same(await storage.list(""), ["new", "old"]);
    same(await storage.read("a/2"), "new");
  },
  "nothing is written once the key is gone that it depends on": async (storage) => {
    await storage.write({ put: new Map([["marker", 1]]) });
    same(await storage.write({ put: new Map([["a", 1]]) }, "marker"), true);
    await storage.write({ remove: ["marker"] });
    same(await storage.write({ put: new Map([["b", 1]]), remove: ["a"] }, "marker"), false);
    same([await storage.read("a"), await storage.read("b")], [1, undefined]);
  },
  "many changes at once all happen, the last one last": async (storage) => {
    const changes = Array.from(
      { length: 50 },
      (_, index) =>
        new Map([
          ["last", index],
          [`each/${index}`, index],
        ] as const),
    );
    await Promise.all(changes.map((put) => storage.write({ put })));
    same((await storage.list("each/")).length, 50);
    same(await storage.read("last"), 49);
  },
};

const same = (found: unknown, expected: unknown): void => {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
};
