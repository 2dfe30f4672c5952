// Runs a workspace script under the pinned Node.js and pnpm.
//
//   node tools/run.mjs <script> [arguments]
//
// A machine that already has a fitting Node.js and pnpm uses its own. Any other
// needs only npm: the missing one comes, once, from the npm registry's cache.
// This file has no dependency and must itself run on Node.js 18.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const read = (name) => readFileSync(new URL(name, root), "utf8");
const { engines, packageManager, scripts } = JSON.parse(read("package.json"));

const atLeast = (version, wanted) => {
  const numbers = (text) =>
    text
      .replace(/^[^\d]+/, "")
      .split(/[.-]/, 3)
      .map(Number);
  const [have, want] = [numbers(version), numbers(wanted)];
  const at = have.findIndex((part, index) => part !== want[index]);
  return at === -1 || have[at] > want[at];
};

const windows = process.platform === "win32";
const capture = (command) => {
  const { status, stdout } = spawnSync(command, {
    cwd: root,
    encoding: "utf8",
    shell: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return status === 0 ? stdout.trim().split(/\r?\n/).pop() : undefined;
};

const wanted = [];
if (!atLeast(process.versions.node, engines.node)) {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const platform = windows ? "win" : process.platform;
  wanted.push(`${prefix}-${platform}-${process.arch}@${read(".node-version").trim()}`);
}
const pnpm = capture(windows ? "pnpm --version 2>NUL" : "pnpm --version 2>/dev/null");
if (pnpm === undefined || !atLeast(pnpm, `${packageManager.split("@")[1].split(".")[0]}.0.0`))
  wanted.push(packageManager);

const path = [dirname(process.execPath), process.env.PATH];
if (wanted.length > 0) {
  const packages = wanted.map((name) => `--package=${name}`).join(" ");
  const found = capture(`npm exec --yes --loglevel=error ${packages} -c "node -p process.env.PATH"`);
  if (found === undefined) {
    console.error(`could not get ${wanted.join(" and ")} from the npm registry`);
    process.exit(1);
  }
  path.unshift(found);
}

// What Node.js compiled at one start is kept for the next.
const compiled = fileURLToPath(new URL("node_modules/.cache/node", root));
const environment = { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: path.join(delimiter) };
const [script = "serve", ...rest] = process.argv.slice(2);

// A script that is one Node.js process runs without pnpm around it, so that its signals and its exit code are its own.
const words = (scripts[script] ?? "").split(" ");
const direct = words[0] === "node" && !/[&|;"']/.test(scripts[script]);
if (direct) {
  const install = ["install", "--reporter=append-only", "--loglevel=warn"];
  const { status } = spawnSync("pnpm", install, {
    cwd: root,
    env: environment,
    shell: windows,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
// The server serves the page as a folder of files. Without one it still serves everything else, and says so at `/`.
if (script === "serve" && rest.length === 0) {
  const options = { cwd: root, env: environment, stdio: ["ignore", 2, 2] };
  const { status } = spawnSync("node", ["apps/web/build/main.ts"], options);
  if (status !== 0)
    console.error("The page could not be built, for the reason above. The server starts without a new one.");
}
const [command, ...parameters] = direct ? [...words, ...rest] : ["pnpm", "run", script, ...rest];
const child = spawn(command, parameters, { cwd: root, env: environment, shell: windows && !direct, stdio: "inherit" });
process.on("SIGINT", () => {}); // a terminal sends it to the whole group already
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npm passes SIGTERM on to the shell that it put in between, and that dies of it without a word: all there is to see is that it is gone.
if (process.env.npm_lifecycle_event !== undefined) {
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
}
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
