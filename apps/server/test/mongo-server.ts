// The real server on MongoDB, with all the time that a crowded machine needs: the adapter gives a call up after 1.8 s, and its own tests say so.
import { createMongoStore } from "@standin/adapter-mongo";
import { run } from "../src/run.ts";

const { MONGODB_URI: uri = "" } = process.env;
const { close, stats: _, ...patient } = await createMongoStore({ uri, timeoutMs: 40_000 });
const code = await run(process.argv.slice(2), (ports) => ({ ...ports, ...patient }));
await close();
process.exit(code);
