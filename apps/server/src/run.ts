import { helpText } from "./commands/help.ts";
import { operate } from "./commands/operate.ts";
import { parseArguments } from "./commands/parse-arguments.ts";
import { serve } from "./commands/serve.ts";
import type { WrapPorts } from "./composition/compose.ts";
import { type Configuration, readConfiguration } from "./configuration/read-configuration.ts";
import { exitCodes, StartRefused } from "./start-refused.ts";

const configure = (): Configuration => {
  const result = readConfiguration();
  if ("configuration" in result) return result.configuration;
  throw new StartRefused(`The configuration has mistakes:\n${result.mistakes.map((line) => `  ${line}`).join("\n")}`);
};

const perform = async (words: readonly string[], wrapPorts?: WrapPorts): Promise<number> => {
  const command = parseArguments(words);
  if (command.name === "help") {
    process.stdout.write(helpText());
    return exitCodes.done;
  }
  return command.name === "serve" ? serve(configure(), wrapPorts) : operate(configure(), command);
};

/** Each store has a class of its own of this name; the message is for the operator. */
const isStoreRefused = (error: unknown): error is Error => error instanceof Error && error.name === "StoreRefused";

/**
 * The whole program: reads the command line and the environment, does what they say, and resolves with the exit code of the process.
 * What is wrong is said in sentences on standard error.
 *
 * @param words the command line after the name of the file
 * @param wrapPorts puts other ports around or in place of the server's own
 * @example
 * process.exit(await run(process.argv.slice(2)));
 */
export const run = async (words: readonly string[], wrapPorts?: WrapPorts): Promise<number> => {
  // The store and the secrets are for nobody but the user who runs the server.
  process.umask(0o077);
  try {
    return await perform(words, wrapPorts);
  } catch (error) {
    if (error instanceof StartRefused || isStoreRefused(error)) {
      process.stderr.write(`${error.message}\n`);
      return error instanceof StartRefused ? error.exitCode : exitCodes.configuration;
    }
    process.stderr.write(`Standin failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCodes.failed;
  }
};
