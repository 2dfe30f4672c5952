import { createServer, type Server } from "node:http";
import { createChatRouter } from "@standin/adapter-express";
import { createMemoryPorts } from "@standin/adapter-memory";
import { createArgon2Hasher, createJwtTokenService } from "@standin/adapter-security";
import { createChatSockets } from "@standin/adapter-socketio";
import { createSqliteStore } from "@standin/adapter-sqlite";
import { createChat } from "@standin/core";
import express from "express";

export interface ShopOptions {
  /** The file of the chat's database. */
  readonly path: string;
  /** What tokens are signed with, at least 32 bytes. */
  readonly secret: string;
}

/** A shop: its own pages, the chat under /chat, and both on one server, which is the caller's to listen with. */
export const createShop = async ({
  path,
  secret,
}: ShopOptions): Promise<{ server: Server; close(): Promise<void> }> => {
  const { users, sessions, relations, messages, standIns, close } = await createSqliteStore({ path });
  const stores = { users, sessions, relations, messages, standIns };
  const hasher = createArgon2Hasher();
  const tokens = createJwtTokenService({ secret });
  const chat = createChat({ ...createMemoryPorts(stores), hasher, tokens, responders: [] });
  await chat.start();

  const app = express();
  app.get("/", (_, response) => void response.send("<h1>The shop</h1>"));
  app.use("/chat", createChatRouter({ chat }));

  const server = createServer(app);
  const sockets = createChatSockets({ chat, server });
  return {
    server,
    close: async () => {
      server.close();
      await sockets.drain();
      await chat.stop();
      await close();
    },
  };
};
