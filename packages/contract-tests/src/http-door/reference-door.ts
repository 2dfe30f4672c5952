import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createDispatcher, type Dispatcher, type DoorOptions, type DoorRequest } from "@standin/http-api/dispatch";
import type { Subject } from "../engine/contract.ts";
import { createDoorHost } from "./door-host.ts";
import type { HttpDoor } from "./play-row.ts";

const doorRequestOf = (request: IncomingMessage): DoorRequest => {
  const [path = "", query = ""] = (request.url ?? "").split(/\?(.*)/s);
  return {
    method: request.method ?? "",
    path,
    query,
    remoteAddress: request.socket.remoteAddress,
    encrypted: false,
    // Of a header that is there twice, `headers` may hold the first alone: a proxy on the way may have looked at the other.
    header: (name) => request.headersDistinct[name]?.join(", "),
    body: () => request.iterator({ destroyOnReturn: false }),
  };
};

/**
 * A door on nothing but `node:http`: what others are compared with.
 *
 * @param dispatch - makes the dispatcher; another one than ours shows whether the table finds its mistakes
 */
export const createReferenceDoor = async (
  dispatch: (options: DoorOptions) => Dispatcher = createDispatcher,
): Promise<Subject<HttpDoor>> => {
  const { options, pass, dispose } = await createDoorHost();
  const dispatcher = dispatch(options);
  const server = createServer((request, response) => {
    void dispatcher.handle(doorRequestOf(request)).then((answer) => {
      response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
      request.resume();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port: { baseUrl: `http://127.0.0.1:${port}`, chat: options.chat, pass },
    async dispose() {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await dispose();
    },
  };
};
