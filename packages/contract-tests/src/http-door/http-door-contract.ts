import type { Contract, Subject } from "../engine/contract.ts";
import { checkRow, type HttpDoor } from "./play-row.ts";
import type { Row } from "./row.ts";
import { authenticationRows } from "./rows/authentication.ts";
import { documentedRows } from "./rows/documented.ts";
import { invalidBodyRows } from "./rows/invalid-bodies.ts";
import { operationRows } from "./rows/operation.ts";
import { originRows } from "./rows/origins.ts";
import { pagingRows } from "./rows/paging.ts";
import { sendRows } from "./rows/sends.ts";
import { standInCallRows } from "./rows/stand-in-calls.ts";
import { standInListRows } from "./rows/stand-in-lists.ts";
import { standInSettingsRows } from "./rows/stand-in-settings.ts";

/** The whole request table. */
export const httpDoorRows: readonly Row[] = [
  ...documentedRows,
  ...invalidBodyRows,
  ...authenticationRows,
  ...originRows,
  ...pagingRows,
  ...sendRows,
  ...standInSettingsRows,
  ...standInCallRows,
  ...standInListRows,
  ...operationRows,
];

/**
 * The HTTP API over a real port, in front of a real chat: what it answers, whichever server it runs on.
 *
 * @example
 * testContract(httpDoorContract, {
 *   name: "my framework",
 *   capabilities: {},
 *   create: async () => {
 *     const { options, pass, dispose } = await createDoorHost();
 *     const server = await listenWithMyFramework(options);
 *     const port = { baseUrl: server.url, chat: options.chat, pass };
 *     return { port, dispose: async () => { await server.close(); await dispose(); } };
 *   },
 * });
 */
export const httpDoorContract: Contract<Subject<HttpDoor>> = {
  id: "http-door",
  version: 1,
  title: "HTTP door",
  capabilities: {},
  cases: httpDoorRows.map((row) => ({
    id: row.id,
    title: row.title,
    invariants: [],
    run: ({ port }) => checkRow(port, row),
  })),
};
