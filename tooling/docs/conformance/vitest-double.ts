// Stands in for Vitest where a `contract.test.ts` is read for its declarations: tests of its own are passed over.
import { cleanups, type Declared, declared } from "./declared.ts";

/** Can be called and asked for anything, and does nothing. */
const anything: never = new Proxy(() => anything, {
  get: (_, name) => (name === "then" ? undefined : anything),
}) as never;

export const testContract = (contract: Declared["contract"], options: Declared["options"]): void =>
  void declared.push({ contract, options });
export const afterAll = (cleanup: () => unknown): void => void cleanups.push(cleanup);
export const afterEach = anything;
export const beforeEach = anything;
export const describe = anything;
export const expect = anything;
export const test = anything;
export const vi = anything;
