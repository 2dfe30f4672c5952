import type { Logger } from "@standin/core/ports";

/**
 * A {@link Logger} that says nothing.
 *
 * @example
 * const ports = createMemoryPorts({ logger: createSilentLogger() });
 */
export const createSilentLogger = (): Logger => {
  const nothing = (): void => {};
  return { debug: nothing, info: nothing, warn: nothing, error: nothing };
};
