import { signal } from "@preact/signals";
import type { User } from "@standin/client";
import { client } from "./client.ts";

/** Whom one does not want to hear from; null as long as it is not known. */
export const blocks = signal<readonly User[] | null>(null);

/** Is that person blocked, as far as is known? */
export const isBlocked = (id: string): boolean => blocks.value?.some((user) => user.id === id) ?? false;

const readBlocks = async (): Promise<void> => {
  blocks.value = await client.listBlocks();
};

/** Follows the list from now on. */
export const startBlocks = (): void => {
  client.on("synced", () => {
    readBlocks().catch(() => undefined);
  });
  client.on("signedOut", () => {
    blocks.value = null;
  });
};

/** Blocks a person or takes it back. Rejects with ClientError. */
export const setBlocked = async (id: string, blocked: boolean): Promise<void> => {
  await (blocked ? client.block(id) : client.unblock(id));
  await readBlocks();
};
