import {
  createDoorHost,
  createReferenceDoor,
  httpDoorContract,
  httpDoorRows,
  transcribeRow,
} from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { expect, test } from "vitest";
import { createChatRouter } from "../src/index.ts";
import { run } from "./running-app.ts";

const create = async () => {
  const { options, pass, dispose } = await createDoorHost();
  const app = await run((host) => host.use(createChatRouter(options)));
  return {
    port: { baseUrl: app.baseUrl, chat: options.chat, pass },
    async dispose() {
      await app.close();
      await dispose();
    },
  };
};

testContract(httpDoorContract, { name: "express", capabilities: {}, create });

// Every adapter is held to the same reference, so their answers are equal byte by byte to each other's, too.
test("every answer of the table is the reference door's, byte by byte", { timeout: 180_000 }, async () => {
  for (const row of httpDoorRows) {
    const [ours, reference] = [await create(), await createReferenceDoor()];
    expect(await transcribeRow(ours.port, row), row.id).toEqual(await transcribeRow(reference.port, row));
    await ours.dispose();
    await reference.dispose?.();
  }
});
