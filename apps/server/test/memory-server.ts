// The real server on the reference store, which no other process can see: the operator's commands come over the channel to the process.
import { createMemoryPorts, createMemoryStore } from "@standin/adapter-memory";
import { type ChatPorts, createChat } from "@standin/core";
import { run } from "../src/run.ts";

const store = createMemoryStore();

/** Does what a second process would: all it has in common with the server is the store. */
const takeCommands = ({ hasher, tokens, logger }: ChatPorts): void => {
  const { operator } = createChat({ ...createMemoryPorts({ ...store, logger }), hasher, tokens });
  process.on("message", async ([command, email]: readonly string[]) => {
    if (command !== "--delete-user" || email === undefined) throw new Error(`no such command here: ${command}`);
    await operator.deleteUser(email);
    process.send?.(0);
  });
};

process.exit(
  await run(process.argv.slice(2), (ports) => {
    takeCommands(ports);
    return { ...ports, ...store };
  }),
);
