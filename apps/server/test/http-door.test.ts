import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { capConnections } from "../src/http/cap-connections.ts";
import { createHttpDoor } from "../src/http/http-door.ts";
import { listen } from "../src/http/listen.ts";

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** Resolves with what came of a connection: it was closed at once, or it answers. */
const knock = (url: string): Promise<"closed" | "answered"> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  open.push(socket);
  socket.on("error", () => {});
  return new Promise((resolve) => {
    socket.once("close", () => resolve("closed"));
    socket.once("data", () => resolve("answered"));
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  });
};

const newDoor = async (uncapped: (address: string) => boolean, most: number) => {
  const door = createHttpDoor({ handler: (_request, response) => response.end("hello"), uncapped });
  capConnections(door.server, most, uncapped);
  return { door, url: await listen(door.server, { host: "127.0.0.1", port: 0 }) };
};

test("one address gets so many connections and no more; one that ends makes room", async () => {
  const { door, url } = await newDoor(() => false, 2);
  expect([await knock(url), await knock(url), await knock(url)]).toEqual(["answered", "answered", "closed"]);
  const [first] = open;
  first?.destroy();
  await once(first as Socket, "close");
  // The server may hear of the end a moment later than we do.
  let again = await knock(url);
  while (again === "closed") again = await knock(url);
  expect(again).toBe("answered");
  door.server.close();
});

test("addresses that speak for many are not counted", async () => {
  const { door, url } = await newDoor((address) => address === "127.0.0.1", 1);
  expect([await knock(url), await knock(url), await knock(url)]).toEqual(["answered", "answered", "answered"]);
  door.server.close();
});

test("only an upgrade to WebSocket is one; whoever offers HTTP/2 is answered in HTTP/1.1", async () => {
  const door = createHttpDoor({ handler: (_request, response) => response.end("plain"), uncapped: () => true });
  door.server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  const { hostname, port } = new URL(await listen(door.server, { host: "127.0.0.1", port: 0 }));
  const answerTo = (upgrade: string): Promise<string> => {
    const socket = connect(Number(port), hostname);
    open.push(socket);
    const fields = `Host: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${upgrade}\r\nHTTP2-Settings: AAMAAABk`;
    socket.write(`GET / HTTP/1.1\r\n${fields}\r\n\r\n`);
    return text(socket);
  };
  expect(await answerTo("h2c")).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*plain/);
  expect(await answerTo("WebSocket")).toBe("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  door.server.close();
});

test("stopping waits for the answer under way, and keeps no connection open after it", async () => {
  let answer = (): void => {};
  const door = createHttpDoor({
    handler: (_request, response) => {
      answer = () => response.end("late");
    },
    uncapped: () => true,
  });
  const url = await listen(door.server, { host: "127.0.0.1", port: 0 });
  const response = fetch(url);
  await once(door.server, "request");
  const order: string[] = [];
  const stopped = door.stopAccepting().then(() => order.push("stopped"));
  await expect(fetch(url)).rejects.toThrow();
  order.push("answered");
  answer();
  expect(await (await response).text()).toBe("late");
  await stopped;
  expect(order).toEqual(["answered", "stopped"]);
});
