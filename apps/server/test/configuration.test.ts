import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { helpText } from "../src/commands/help.ts";
import { readConfiguration } from "../src/configuration/read-configuration.ts";
import { variableNames } from "../src/configuration/variables.ts";
import { call, signUp } from "./people.ts";
import { cleanUpAfterwards, runProgram, startServer, temporaryDirectory } from "./server-process.ts";

cleanUpAfterwards();

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  const result = readConfiguration(environment);
  return "mistakes" in result ? result.mistakes : [];
};

const configurationOf = (environment: Record<string, string>) => {
  const result = readConfiguration(environment);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  return result.configuration;
};

describe("the environment", () => {
  test("without any variable gives the documented defaults", () => {
    const { trustProxy, dataDir, ...rest } = configurationOf({});
    expect(rest).toEqual({
      host: "127.0.0.1",
      port: 3000,
      jwtSecret: undefined,
      mongodbUri: undefined,
      httpAdapter: "express",
      allowedOrigins: [],
      socketTransports: ["polling", "websocket"],
      rateLimits: "default",
      logLevel: "info",
      logFormat: undefined,
      shutdownMs: 10_000,
      providers: [],
      policy: {
        tokenTtlMs: 7 * 24 * 3_600_000,
        statusGraceMs: 10_000,
        signInEndsBusy: false,
        presenceAudience: "everyone",
        directoryEmails: "shown",
        rateLimits: "default",
        mergeWindowMs: 2_000,
        providerTimeoutMs: 10_000,
        totalTimeoutMs: 20_000,
        dailyBudget: 1_000,
      },
    });
    expect(dataDir).toBe(join(process.cwd(), "data"));
    expect(trustProxy("127.0.0.1")).toBe(false);
  });

  test("an empty variable is an unset one, and unknown ones are ignored", () => {
    expect(configurationOf({ PORT: "", JWT_SECRET: "", MONGODB_URI: "", STANDIN_PORT: "x" }).port).toBe(3000);
  });

  test.each([
    ["45s", 45_000],
    ["30m", 1_800_000],
    ["12h", 43_200_000],
    ["7d", 604_800_000],
  ])("TOKEN_TTL=%s", (text, expected) => {
    expect(configurationOf({ TOKEN_TTL: text }).policy.tokenTtlMs).toBe(expected);
  });

  test("TRUST_PROXY takes addresses and ranges", () => {
    const { trustProxy } = configurationOf({ TRUST_PROXY: "10.0.0.0/8, ::1,192.0.2.7" });
    const trusted = ["10.1.2.3", "::1", "192.0.2.7", "192.0.2.8", "11.0.0.1", "", "nonsense"].map((a) => trustProxy(a));
    expect(trusted).toEqual([true, true, true, false, false, false, false]);
  });

  test("lists are taken apart", () => {
    const configuration = configurationOf({
      ALLOWED_ORIGINS: "https://a.example, http://localhost:5173",
      SOCKET_TRANSPORTS: "websocket",
    });
    expect(configuration.allowedOrigins).toEqual(["https://a.example", "http://localhost:5173"]);
    expect(configuration.socketTransports).toEqual(["websocket"]);
  });

  test.each([
    ["PORT", "65536"],
    ["PORT", "80a"],
    ["PORT", "-1"],
    ["HOST", "not a host"],
    ["TOKEN_TTL", "7 days"],
    ["TOKEN_TTL", "0s"],
    ["TOKEN_TTL", "99999d"],
    ["HTTP_ADAPTER", "fastify"],
    ["STATUS_GRACE_MS", "1.5"],
    ["SIGN_IN_ENDS_BUSY", "yes"],
    ["PRESENCE_AUDIENCE", "nobody"],
    ["DIRECTORY_EMAILS", "on"],
    ["ALLOWED_ORIGINS", "*"],
    ["ALLOWED_ORIGINS", "https://a.example/path"],
    ["ALLOWED_ORIGINS", "https://a.example,,"],
    ["ALLOWED_ORIGINS", "null"],
    ["TRUST_PROXY", "10.0.0.0/99"],
    ["TRUST_PROXY", "my-proxy"],
    ["RATE_LIMITS", "none"],
    ["SOCKET_TRANSPORTS", "webtransport"],
    ["SOCKET_TRANSPORTS", "polling,polling"],
    ["LOG_LEVEL", "loud"],
    ["LOG_FORMAT", "xml"],
    ["SHUTDOWN_MS", "1"],
    ["AI_MERGE_WINDOW_MS", "soon"],
    ["AI_TIMEOUT_MS", "0"],
    ["AI_TOTAL_TIMEOUT_MS", "3600001"],
    ["AI_DAILY_BUDGET", "-1"],
    ["AI_DAILY_BUDGET", "unlimited"],
    ["AI_PROVIDERS", "claude"],
    ["AI_PROVIDERS", "gemini,gemini"],
    ["AI_PROVIDERS", "none,gemini"],
    ["AI_PROVIDERS", ","],
    ["AI_PROVIDERS", "gemini"],
    ["AI_PROVIDERS", "openai"],
  ])("%s=%s is refused with name, finding and expectation", (name, text) => {
    const mistakes = mistakesOf({ [name]: text });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(new RegExp(`^${name}: found .*, expected .+`));
    expect(mistakes[0]).toContain(JSON.stringify(text));
  });

  test("MONGODB_URI needs a connection string and a JWT_SECRET; what it holds is never printed", () => {
    const uri = "mongodb://ada:hunter2@127.0.0.1:27017/chat";
    expect(configurationOf({ MONGODB_URI: uri, JWT_SECRET: "x".repeat(32) }).mongodbUri).toBe(uri);
    expect(mistakesOf({ MONGODB_URI: uri })).toEqual([expect.stringMatching(/^JWT_SECRET: found nothing/)]);
    const [mistake, ...others] = mistakesOf({ MONGODB_URI: "ada:hunter2@127.0.0.1", JWT_SECRET: "x".repeat(32) });
    expect(others).toEqual([]);
    expect(mistake).toMatch(/^MONGODB_URI: .*expected a connection string/);
    expect(mistake).not.toContain("hunter2");
  });

  test("REDIS_URL configures what is not built yet: refused, its value not shown", () => {
    const [mistake, ...others] = mistakesOf({ REDIS_URL: "user:hunter2@db" });
    expect(others).toEqual([]);
    expect(mistake).toContain("REDIS_URL: found 15 bytes (not shown), expected nothing: this version has no");
    expect(mistake).not.toContain("hunter2");
  });

  describe("models", () => {
    const gemini = { GEMINI_API_KEY: "AIza-x" };
    const openai = { OPENAI_BASE_URL: "http://127.0.0.1:11434/v1", OPENAI_MODEL: "llama3.2" };
    const theGemini = { provider: "gemini", apiKey: "AIza-x", model: "gemini-pro-latest", baseUrl: undefined };
    const theOpenAi = { provider: "openai", apiKey: undefined, model: "llama3.2", baseUrl: openai.OPENAI_BASE_URL };

    test("those with a key or an address are asked, Gemini first unless AI_PROVIDERS says otherwise", () => {
      const all = { ...gemini, ...openai };
      const asked = (environment: Record<string, string>) => configurationOf(environment).providers;
      expect(asked(gemini)).toEqual([theGemini]);
      expect(asked(openai)).toEqual([theOpenAi]);
      expect(asked(all)).toEqual([theGemini, theOpenAi]);
      expect(asked({ ...all, AI_PROVIDERS: "openai, gemini" })).toEqual([theOpenAi, theGemini]);
      expect(asked({ ...all, AI_PROVIDERS: "openai" })).toEqual([theOpenAi]);
      expect(asked({ ...all, AI_PROVIDERS: "none" })).toEqual([]);
      expect(asked({ ...gemini, GEMINI_MODEL: "gemini-x", GEMINI_BASE_URL: "https://proxy.example/gemini" })).toEqual([
        { ...theGemini, model: "gemini-x", baseUrl: "https://proxy.example/gemini" },
      ]);
      expect(asked({ OPENAI_API_KEY: "sk-x", OPENAI_MODEL: "gpt" })).toEqual([
        { provider: "openai", apiKey: "sk-x", model: "gpt", baseUrl: undefined },
      ]);
      // Somebody's key for other programs, which is not to be used here.
      expect(asked({ ...gemini, OPENAI_API_KEY: "sk-x", AI_PROVIDERS: "gemini" })).toEqual([theGemini]);
    });

    test("their limits become the policy's", () => {
      const limits = { AI_TIMEOUT_MS: "1", AI_TOTAL_TIMEOUT_MS: "30000", AI_DAILY_BUDGET: "0" };
      expect(configurationOf(limits).policy).toMatchObject({
        providerTimeoutMs: 1,
        totalTimeoutMs: 30_000,
        dailyBudget: 0,
      });
    });

    test.each([
      [{ OPENAI_API_KEY: "sk-hunter2" }, /^OPENAI_MODEL: found nothing with OPENAI_API_KEY, expected the name/],
      [
        { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" },
        /^OPENAI_MODEL: found nothing with OPENAI_BASE_URL, expected the name/,
      ],
      [
        { ...gemini, OPENAI_API_KEY: "sk-hunter2", AI_PROVIDERS: "openai" },
        /^OPENAI_MODEL: found nothing with OPENAI_API_KEY/,
      ],
      [
        { OPENAI_MODEL: "gpt" },
        /^OPENAI_API_KEY: found nothing with OPENAI_MODEL, expected a key, or an OPENAI_BASE_URL$/,
      ],
      [{ GEMINI_MODEL: "gemini-x" }, /^GEMINI_API_KEY: found nothing with GEMINI_MODEL, expected a key$/],
      [
        { GEMINI_BASE_URL: "http://127.0.0.1:1" },
        /^GEMINI_API_KEY: found nothing with GEMINI_BASE_URL, expected a key$/,
      ],
      [
        { ...gemini, AI_PROVIDERS: "gemini,openai" },
        /^AI_PROVIDERS: found "gemini,openai", expected an OPENAI_API_KEY or OPENAI_BASE_URL with it$/,
      ],
      [
        { ...openai, AI_PROVIDERS: "openai,gemini" },
        /^AI_PROVIDERS: found "openai,gemini", expected a GEMINI_API_KEY with it$/,
      ],
      [{ GEMINI_API_KEY: "two hunter2" }, /^GEMINI_API_KEY: found 11 bytes \(not shown\), expected one word/],
      [
        { ...openai, OPENAI_API_KEY: "clé-hunter2" },
        /^OPENAI_API_KEY: found 12 bytes \(not shown\), expected one word/,
      ],
      [{ ...openai, OPENAI_MODEL: "two words" }, /^OPENAI_MODEL: found "two words", expected one word/],
      [{ ...gemini, GEMINI_MODEL: "x".repeat(201) }, /^GEMINI_MODEL: found "x+…", expected one word/],
      [
        { ...openai, OPENAI_BASE_URL: "http://ada:hunter2@host/v1" },
        /^OPENAI_BASE_URL: found 26 bytes \(not shown\), expected an absolute http/,
      ],
      [{ ...openai, OPENAI_BASE_URL: "127.0.0.1:11434" }, /^OPENAI_BASE_URL: .*expected an absolute http/],
      [{ ...gemini, GEMINI_BASE_URL: "ftp://host" }, /^GEMINI_BASE_URL: .*expected an absolute http/],
      [{ ...gemini, GEMINI_BASE_URL: "https://host/?key=hunter2" }, /^GEMINI_BASE_URL: .*expected an absolute http/],
    ] as const)("%j is refused by name, and no key is shown", (environment, expected) => {
      const [mistake, ...others] = mistakesOf(environment);
      expect(mistake).toMatch(expected);
      expect(others).toEqual([]);
      expect(mistake).not.toContain("hunter2");
    });
  });

  test("RATE_LIMITS=off is for loopback only", () => {
    for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
      expect(mistakesOf({ RATE_LIMITS: "off", HOST: host })).toEqual([]);
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "chat.example.org"])
      expect(mistakesOf({ RATE_LIMITS: "off", HOST: host })).toEqual([expect.stringContaining("RATE_LIMITS")]);
  });

  test("a short JWT_SECRET is refused and not shown; its length counts in bytes", () => {
    const [mistake] = mistakesOf({ JWT_SECRET: "correct horse" });
    expect(mistake).toBe("JWT_SECRET: found 13 bytes (not shown), expected at least 32 bytes");
    expect(mistakesOf({ JWT_SECRET: "é".repeat(16) })).toEqual([]);
  });

  test("--help names every variable with its default", () => {
    for (const name of variableNames) expect(helpText()).toMatch(new RegExp(`^ {2}${name} `, "m"));
    expect(helpText()).toMatch(/PORT .*\[3000\]/);
  });
});

describe("the process", () => {
  test("prints every mistake at once and ends with 78", async () => {
    const dataDir = join(temporaryDirectory(), "untouched");
    const { code, stdout, stderr } = await runProgram({
      dataDir,
      env: { PORT: "http", JWT_SECRET: "hunter2", TOKEN_TTL: "soon", OPENAI_API_KEY: "sk-very private" },
    });
    expect(code).toBe(78);
    expect(stdout).toBe("");
    for (const name of ["PORT", "JWT_SECRET", "TOKEN_TTL", "OPENAI_API_KEY"])
      expect(stderr).toContain(`  ${name}: found`);
    expect(stderr).not.toMatch(/hunter2|sk-very/);
    expect(() => statSync(dataDir)).toThrow("ENOENT");
  });

  test("refuses a data directory that cannot be written", async () => {
    const file = join(temporaryDirectory(), "a-file");
    writeFileSync(file, "");
    const bad = [file, join(file, "below"), "/proc/standin"];
    for (const { code, stderr } of await Promise.all(bad.map((dataDir) => runProgram({ dataDir })))) {
      expect(stderr).toMatch(/^DATA_DIR: found ".*", expected a directory that can be written: .+\n$/);
      expect(code).toBe(78);
    }
  });

  test("keeps store and generated secret for its user alone; the secret stays", async () => {
    const dataDir = join(temporaryDirectory(), "new", "data");
    const server = await startServer({ dataDir });
    const person = await signUp(server.url);
    await server.stop();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "jwt-secret")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "standin.db")).mode & 0o077).toBe(0);
    const secret = readFileSync(join(dataDir, "jwt-secret"), "utf8");
    expect(server.output().stdout + server.output().stderr).not.toContain(secret.trim());

    const again = await startServer({ dataDir });
    expect((await call(again.url, "GET", "/me", { token: person.token })).status).toBe(200);
    await again.stop();
    expect(readFileSync(join(dataDir, "jwt-secret"), "utf8")).toBe(secret);
  });

  test("refuses a kept secret that is too short, and one that is no file", async () => {
    const short = temporaryDirectory();
    writeFileSync(join(short, "jwt-secret"), "hunter2");
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "jwt-secret"));
    for (const [dataDir, found] of [
      [short, "7 bytes"],
      [directory, "nothing readable (EISDIR)"],
    ] as const) {
      const { code, stderr } = await runProgram({ dataDir });
      expect(stderr).toContain(
        `JWT_SECRET: found ${found} in ${join(dataDir, "jwt-secret")}, expected at least 32 bytes`,
      );
      expect(stderr).not.toContain("hunter2");
      expect(code).toBe(78);
    }
  });

  test("refuses a port that is taken, by name", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await runProgram({ dataDir: temporaryDirectory(), env: { PORT: String(port) } });
    other.close();
    expect(stderr).toContain(`PORT: found ${port}, expected a free port`);
    expect(code).toBe(78);
  });

  test("a second server on the same directory ends with 78, and the first goes on", async () => {
    const first = await startServer();
    const second = await runProgram({ dataDir: first.dataDir });
    expect(second.code).toBe(78);
    expect(second.stdout).toBe("");
    expect(second.stderr).toContain(
      `DATA_DIR: found ${JSON.stringify(first.dataDir)}, expected a directory of its own`,
    );
    expect((await call(first.url, "GET", "/readyz")).status).toBe(200);
    await first.kill();
    const third = await startServer({ dataDir: first.dataDir });
    await third.stop();
  });

  test.each([
    ["damaged", (file: string) => writeFileSync(file, Buffer.alloc(8_192, "not a database "))],
    ["cut short", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
  ])("refuses a %s database file and does not change it", async (_name, damage) => {
    const server = await startServer();
    await signUp(server.url);
    await server.stop();
    const file = join(server.dataDir, "standin.db");
    damage(file);
    const before = readFileSync(file);
    const { code, stderr } = await runProgram({ dataDir: server.dataDir });
    expect(stderr).toContain(file);
    expect(code).toBe(78);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("refuses a database file of a newer version and does not change it", async () => {
    const { DatabaseSync } = await import("node:sqlite");
    const server = await startServer();
    await server.stop();
    const file = join(server.dataDir, "standin.db");
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 999");
    database.close();
    const before = readFileSync(file);
    const { code, stderr } = await runProgram({ dataDir: server.dataDir });
    expect(stderr).toMatch(/newer/);
    expect(code).toBe(78);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("IPv6 addresses stand in brackets on the first line", async () => {
    const server = await startServer({ env: { HOST: "::1" } });
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(server.output().stdout).toBe(`Standin listening on ${server.url}\n`);
    await server.stop();
  });
});
