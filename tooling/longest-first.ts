import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** The files that take longest, each for a minute or more, longest first. */
const longest = [
  "packages/adapter-mongo/test/contract.test.ts",
  "apps/server/test/stand-in-crash.test.ts",
  "apps/server/test/crash.test.ts",
  "packages/contract-tests/test/stand-in-rules.test.ts",
  "apps/server/test/contract.test.ts",
  "packages/adapter-mongo/test/store.test.ts",
  "apps/server/test/browser/chat.test.ts",
];

/** Begins with the longest files, so that none of them is what everybody waits for at the end. The others keep the order that they would have. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
