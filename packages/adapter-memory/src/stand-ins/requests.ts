import type { Id, StandInRepository, StandInRequest } from "@standin/core/ports";

type Requests = Pick<StandInRepository, "request" | "requestsOf" | "urgentSince">;

/** What one writer asked of one owner in one period, by kind. */
type Asked = Map<StandInRequest["kind"], StandInRequest>;

const keyOf = (owner: Id, writer: Id, period: number): string => `${owner} ${writer} ${period}`;

/** Writers' requests: found by owner, writer and period, and the urgent ones by owner. */
export const createRequests = (): Requests & { forgetRequests(userId: Id): void } => {
  const asked = new Map<string, Asked>();
  /** Owner → urgent requests, as they came. */
  const urgent = new Map<Id, StandInRequest[]>();

  return {
    async request(request) {
      const { owner, writer, period, kind } = request;
      const key = keyOf(owner, writer, period);
      const ofPeriod: Asked = asked.get(key) ?? new Map();
      asked.set(key, ofPeriod);
      if (ofPeriod.has(kind)) return false;
      const kept = { ...request };
      ofPeriod.set(kind, kept);
      if (kind !== "urgent") return true;
      const own = urgent.get(owner) ?? [];
      urgent.set(owner, own);
      own.push(kept);
      return true;
    },

    async requestsOf(owner, writer, period) {
      return [...(asked.get(keyOf(owner, writer, period))?.values() ?? [])].map((each) => ({ ...each }));
    },

    async urgentSince(owner, since, limit) {
      // Reversed first: the sort is stable, so of two at the same instant the later one comes first.
      const own = (urgent.get(owner) ?? []).filter(({ at }) => at >= since).reverse();
      return own
        .sort((one, other) => other.at - one.at)
        .slice(0, limit)
        .map((each) => ({ ...each }));
    },

    forgetRequests(userId) {
      for (const [key, ofPeriod] of asked) {
        const [first] = ofPeriod.values();
        if (first?.owner === userId || first?.writer === userId) asked.delete(key);
      }
      urgent.delete(userId);
      for (const [owner, own] of urgent) {
        urgent.set(
          owner,
          own.filter(({ writer }) => writer !== userId),
        );
      }
    },
  };
};
