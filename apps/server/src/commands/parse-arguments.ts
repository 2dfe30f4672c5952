import { parseArgs } from "node:util";
import { exitCodes, StartRefused } from "../start-refused.ts";

/** What the process is asked to do. */
export type Command =
  | { readonly name: "serve" }
  | { readonly name: "help" }
  | { readonly name: "reset-password" | "delete-user"; readonly email: string }
  | { readonly name: "new-epoch" };

const refuse = (reason: string): never => {
  throw new StartRefused(`${reason} (see --help)`, exitCodes.usage);
};

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      options: {
        help: { type: "boolean" },
        "reset-password": { type: "string" },
        "delete-user": { type: "string" },
        "new-epoch": { type: "boolean" },
      },
      allowPositionals: false,
    }).values;
  } catch (error) {
    return refuse((error as Error).message.split("\n")[0] ?? "wrong arguments");
  }
};

/** Reads the command line. Throws {@link StartRefused} with exit code 64 for anything that is not one known command. */
export const parseArguments = (words: readonly string[]): Command => {
  const values = parse(words);
  if (values.help) return { name: "help" };
  if (Object.keys(values).length > 1) return refuse("one command at a time");
  for (const name of ["reset-password", "delete-user"] as const) {
    const email = values[name];
    if (email === undefined) continue;
    return email.trim() === "" ? refuse(`--${name} needs an e-mail address`) : { name, email: email.trim() };
  }
  return values["new-epoch"] ? { name: "new-epoch" } : { name: "serve" };
};
