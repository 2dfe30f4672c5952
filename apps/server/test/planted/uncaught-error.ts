// The real server with an error planted that nobody catches: in a callback, some time after the first message was stored.
import { run } from "../../src/run.ts";

process.exit(
  await run(process.argv.slice(2), (ports) => ({
    ...ports,
    messages: {
      ...ports.messages,
      append: async (draft, job) => {
        const result = await ports.messages.append(draft, job);
        setImmediate(() => {
          throw new Error("planted");
        });
        return result;
      },
    },
  })),
);
