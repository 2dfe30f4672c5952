import { createDirectoryLock } from "../src/index.ts";

// Takes the lock that is named on the command line, says so, and stays.
createDirectoryLock(process.argv[2] ?? "");
process.stdout.write("held\n");
setInterval(() => {}, 60_000);
