import { ChatError } from "../errors/chat-error.ts";
import type { RateRule } from "../ports/index.ts";
import type { ChatPorts } from "./chat-ports.ts";
import type { ChatPolicy } from "./policy.ts";

type Limiting = { readonly ports: Pick<ChatPorts, "limiter">; readonly policy: Pick<ChatPolicy, "rateLimits"> };

/** Takes one under each rule, or none at all and LIMITED. Returns what gives them back. */
export const takeAll = async (
  { ports, policy }: Limiting,
  wanted: readonly (readonly [rule: RateRule, key: string])[],
): Promise<() => Promise<void>> => {
  if (policy.rateLimits === "off") return async () => {};
  const taken: (readonly [RateRule, string])[] = [];
  const giveBack = async (): Promise<void> => {
    await Promise.all(taken.map(([rule, key]) => ports.limiter.giveBack(rule, key)));
  };
  for (const [rule, key] of wanted) {
    const answer = await ports.limiter.take(rule, key);
    if (!answer.allowed) {
      await giveBack();
      throw new ChatError("LIMITED", { retryAfterMs: answer.retryAfterMs });
    }
    taken.push([rule, key]);
  }
  return giveBack;
};

export const takeOne = async (context: Limiting, rule: RateRule, key: string): Promise<void> => {
  await takeAll(context, [[rule, key]]);
};
