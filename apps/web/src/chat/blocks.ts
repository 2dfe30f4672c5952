import { client } from "./client.ts";
import { createResource } from "./resource.ts";

/** Whom one does not want to hear from. */
export const blocks = createResource("blocks", () => client.listBlocks());

/** Is that person blocked, as far as is known? */
export const isBlocked = (id: string): boolean => {
  const { value: current } = blocks.state;
  return current.state === "here" && current.value.some((user) => user.id === id);
};

/** Follows the list from now on. */
export const startBlocks = (): void => {
  client.on("connection", blocks.restore);
  client.on("synced", blocks.read);
};

/** Blocks a person or takes it back. Rejects with ClientError. */
export const setBlocked = async (id: string, blocked: boolean): Promise<void> => {
  await (blocked ? client.block(id) : client.unblock(id));
  await blocks.read();
};
