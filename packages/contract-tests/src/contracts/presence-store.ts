import assert from "node:assert/strict";
import type { Id, Lease, PresenceStore } from "@standin/core/ports";
import { createDrafts, noon } from "../drafts.ts";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { atOnce, deface, nextTurn, works } from "../expectations.ts";

export type PresenceStoreSubject = Subject<PresenceStore>;
/** `concurrentWriters`: racing callers neither share a reaped lease nor remove a renewed one. */
export type PresenceStoreCapability = "concurrentWriters";

type PresenceCase = ContractCase<PresenceStoreSubject, PresenceStoreCapability>;

const minute = 60_000;
const connections = (leases: readonly Lease[]): string[] => leases.map(({ connectionId }) => connectionId);
const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

/** Every lease is either extended and there, or reaped and gone. */
const reapNeverTakesRenewed = async (port: PresenceStore): Promise<void> => {
  const drafts = createDrafts();
  for (let turns = 0; turns < 5; turns += 1) {
    const leases = Array.from({ length: 30 }, () => drafts.lease(drafts.id()));
    await port.put(leases);
    const extending = async (): Promise<ReadonlySet<string>> => {
      for (let turn = 0; turn < turns; turn += 1) await nextTurn();
      return port.extend(connections(leases), noon + minute);
    };
    const [reaped, extended] = await Promise.all([port.reap(noon, 100), extending()]);
    const connected = await port.connected(
      leases.map(({ userId }) => userId),
      noon,
    );
    for (const { userId, connectionId } of leases) {
      const isExtended = extended.has(connectionId);
      assert.equal(connected.has(userId), isExtended, "A lease that was extended is gone, or one that was not lives");
      assert.equal(reaped.includes(userId), !isExtended, "A lease was both extended and reaped, or neither");
    }
    await port.end(connections(leases));
  }
};

const reapSharesOut = async (port: PresenceStore): Promise<void> => {
  const drafts = createDrafts();
  const leases = Array.from({ length: 40 }, () => drafts.lease(drafts.id()));
  await port.put(leases);
  const reaped = (await atOnce(10, () => port.reap(noon, 40))).flat();
  assert.deepEqual(sorted(reaped), sorted(leases.map(({ userId }) => userId)));
};

const cases: readonly PresenceCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const drafts = createDrafts();
      const lease = drafts.lease(drafts.id());
      const { port: other } = await another();
      await port.put([lease]);
      assert.deepEqual(await other.leasesOf(lease.userId, noon - 1), []);
      assert.deepEqual(await other.reap(noon, 10), []);
      assert.deepEqual(await port.leasesOf(lease.userId, noon - 1), [lease]);
    },
  },
  {
    id: "put",
    title: "stores each lease of a batch; an empty batch does nothing",
    invariants: ["PS-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      const [phone, laptop, others] = [drafts.lease(user), drafts.lease(user), drafts.lease(other)];
      await port.put([]);
      await port.put([phone, laptop, others]);
      const found = await port.leasesOf(user, noon - 1);
      assert.deepEqual(
        found.toSorted((a, b) => (a.connectionId < b.connectionId ? -1 : 1)),
        [phone, laptop],
      );
      assert.deepEqual(await port.leasesOf(other, noon - 1), [others]);
    },
  },
  {
    id: "put-replaces",
    title: "a lease with the same connectionId takes the place of the earlier one, also another user's",
    invariants: ["PS-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      const first = drafts.lease(user);
      await port.put([first]);
      const renewed = { ...first, nodeId: "node-2", expiresAt: noon + minute };
      await port.put([renewed]);
      assert.deepEqual(await port.leasesOf(user, noon), [renewed]);
      const taken = { ...renewed, userId: other };
      await port.put([taken]);
      assert.deepEqual(await port.leasesOf(user, noon), []);
      assert.deepEqual(await port.leasesOf(other, noon), [taken]);
    },
  },
  {
    id: "expired-counts-for-nothing",
    title: "a lease counts up to its end and not at it, though nobody reaped it",
    invariants: ["PS-02", "PS-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const lease = drafts.lease(drafts.id());
      await port.put([lease]);
      assert.deepEqual(await port.leasesOf(lease.userId, noon - 1), [lease]);
      assert.deepEqual(await port.leasesOf(lease.userId, noon), []);
      assert.equal((await port.connected([lease.userId], noon - 1)).has(lease.userId), true);
      assert.equal((await port.connected([lease.userId], noon)).has(lease.userId), false);
    },
  },
  {
    id: "connected",
    title: "those of the users asked for that have any live lease",
    invariants: ["PS-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const [both, gone, unasked, absent] = [drafts.id(), drafts.id(), drafts.id(), drafts.id()];
      await port.put([
        drafts.lease(both, { expiresAt: noon - minute }),
        drafts.lease(both, { expiresAt: noon + minute }),
        drafts.lease(gone, { expiresAt: noon - minute }),
        drafts.lease(unasked, { expiresAt: noon + minute }),
      ]);
      assert.deepEqual(sorted(await port.connected([absent, gone, both], noon)), [both]);
      assert.deepEqual(sorted(await port.connected([], noon)), []);
    },
  },
  {
    id: "extend",
    title: "moves the end of leases that exist and tells which do; what was ended or reaped stays so",
    invariants: ["PS-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const [live, ended, reaped] = [
        drafts.lease(user, { expiresAt: noon + 1 }),
        drafts.lease(user, { expiresAt: noon + 1 }),
        drafts.lease(user),
      ];
      await port.put([live, ended, reaped]);
      await port.end([ended.connectionId]);
      await port.reap(noon, 10);
      const extended = await port.extend([...connections([live, ended, reaped]), "never-was"], noon + minute);
      assert.deepEqual(sorted(extended), [live.connectionId]);
      assert.deepEqual(await port.leasesOf(user, noon + 1), [{ ...live, expiresAt: noon + minute }]);
      assert.deepEqual(sorted(await port.extend([], noon)), []);
    },
  },
  {
    id: "extend-sooner",
    title: "moves an end to an earlier moment too, as when a connection is lost and only the grace is left",
    invariants: ["PS-08"],
    async run({ port }) {
      const drafts = createDrafts();
      const lease = (): Lease => drafts.lease(drafts.id(), { expiresAt: noon + minute });
      const [lost, live] = [lease(), lease()];
      await port.put([lost]);
      await port.put([live]);
      assert.deepEqual(sorted(await port.extend([lost.connectionId], noon + 10)), [lost.connectionId]);
      assert.deepEqual(await port.leasesOf(lost.userId, noon + 9), [{ ...lost, expiresAt: noon + 10 }]);
      assert.deepEqual(await port.leasesOf(lost.userId, noon + 11), []);
      assert.deepEqual(await port.leasesOf(live.userId, noon + 11), [live]);
      assert.deepEqual(await port.reap(noon + 11, 10), [lost.userId]);
    },
  },
  {
    id: "end",
    title: "ends the leases named at once, no others, and passes over unknown ones",
    invariants: ["PS-04"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const [one, two, three] = [drafts.lease(user), drafts.lease(user), drafts.lease(user)];
      await port.put([one, two, three]);
      await port.end([]);
      await port.end(["never-was", one.connectionId, three.connectionId]);
      await port.end([one.connectionId]);
      assert.deepEqual(await port.leasesOf(user, noon - 1), [two]);
      await port.end([two.connectionId]);
      assert.equal((await port.connected([user], noon - 1)).size, 0);
    },
  },
  {
    id: "reap",
    title: "removes leases that have ended, at most `limit`, and names their users",
    invariants: ["PS-06"],
    async run({ port }) {
      const drafts = createDrafts();
      const users: Id[] = [drafts.id(), drafts.id(), drafts.id()];
      const live = drafts.lease(drafts.id(), { expiresAt: noon + 1 });
      await port.put([live, ...users.map((user) => drafts.lease(user))]);
      const first = await port.reap(noon, 2);
      assert.equal(first.length, 2);
      const second = await port.reap(noon, 2);
      assert.deepEqual(sorted([...first, ...second]), sorted(users));
      assert.deepEqual(await port.reap(noon, 2), []);
      assert.deepEqual(await port.leasesOf(live.userId, noon), [live]);
    },
  },
  {
    id: "reap-names-once",
    title: "names a user with two ended leases once, and keeps their live one",
    invariants: ["PS-06"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const live = drafts.lease(user, { expiresAt: noon + 1 });
      await port.put([drafts.lease(user), live, drafts.lease(user)]);
      assert.deepEqual(await port.reap(noon, 10), [user]);
      assert.deepEqual(await port.leasesOf(user, noon - 1), [live]);
    },
  },
  {
    id: "reap-spares-renewed",
    title: "a lease that was extended or put again is not reaped",
    invariants: ["PS-06"],
    async run({ port }) {
      const drafts = createDrafts();
      const [extended, again] = [drafts.lease(drafts.id()), drafts.lease(drafts.id())];
      await port.put([extended, again]);
      await port.extend([extended.connectionId], noon + minute);
      await port.put([{ ...again, expiresAt: noon + minute }]);
      assert.deepEqual(await port.reap(noon, 10), []);
      assert.equal((await port.connected([extended.userId, again.userId], noon)).size, 2);
    },
  },
  {
    id: "reap-renew-race",
    title: "of a reaper and a renewal that race each lease has one winner",
    invariants: ["PS-06"],
    capability: "concurrentWriters",
    run: ({ port }) => reapNeverTakesRenewed(port),
  },
  {
    id: "reap-race",
    title: "of 10 racing reapers one gets each lease",
    invariants: ["PS-07"],
    capability: "concurrentWriters",
    run: ({ port }) => reapSharesOut(port),
  },
  {
    id: "copies",
    title: "nobody can change a stored lease from outside",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const draft = drafts.lease(drafts.id());
      const expected = { ...draft };
      await port.put([draft]);
      deface(draft);
      deface(await port.leasesOf(expected.userId, noon - 1));
      assert.deepEqual(await port.leasesOf(expected.userId, noon - 1), [expected]);
    },
  },
];

/** What every {@link PresenceStore} must do. */
export const presenceStoreContract: Contract<PresenceStoreSubject, PresenceStoreCapability> = {
  id: "presence-store",
  version: 1,
  title: "Presence store",
  capabilities: {
    concurrentWriters: {
      about: "Of callers that race for a lease, one gets it.",
      async probe({ port }, another) {
        return (await works(reapNeverTakesRenewed(port))) && works(reapSharesOut((await another()).port));
      },
    },
  },
  cases,
};
