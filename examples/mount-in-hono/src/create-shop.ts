import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createChatApp } from "@standin/adapter-hono";
import { createMemoryPorts } from "@standin/adapter-memory";
import { createArgon2Hasher, createJwtTokenService } from "@standin/adapter-security";
import { createChatSockets } from "@standin/adapter-socketio";
import { createSqliteStore } from "@standin/adapter-sqlite";
import { createChat } from "@standin/core";
import { Hono } from "hono";

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

  const app = new Hono();
  app.get("/", (context) => context.html("<h1>The shop</h1>"));
  app.route("/chat", createChatApp({ chat }));

  const server = createServer(getRequestListener(app.fetch));
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
