import { variableNames, variables } from "../configuration/variables.ts";

const row = (name: keyof typeof variables): string => {
  const { default: text, defaultMeans, meaning, notBuilt } = variables[name];
  const what = notBuilt ? `${meaning} (not in this version)` : meaning;
  const preset = text ?? defaultMeans;
  return `  ${name.padEnd(20)}${what}${preset === null ? "" : ` [${preset}]`}`;
};

/** What `--help` prints. */
export const helpText = (): string =>
  [
    "Standin: chat in which an AI stands in for people while they are BUSY.",
    "",
    "  main.ts                         serve",
    "  main.ts --reset-password EMAIL  give the account a new password, print it, end its sessions",
    "  main.ts --delete-user EMAIL     delete the account; its messages stay for the others",
    "  main.ts --new-epoch             make every client start afresh; after a restore from a backup",
    "  main.ts --help                  this",
    "",
    "Environment variables [default]:",
    "",
    ...variableNames.map(row),
    "",
    "Exit codes: 0 done, 1 failed, 64 wrong usage, 78 wrong configuration.",
    "",
  ].join("\n");
