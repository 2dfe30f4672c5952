import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP proxy in front of a server, which does to the connections what networks do. */
export interface Proxy {
  readonly uri: string;
  /** The next request with this text in it reaches the server, and its answer reaches nobody: the connection breaks. */
  loseAnswerTo(text: string): void;
  /** The next request with this text in it reaches nobody: the connection breaks. */
  loseRequest(text: string): void;
  /** From now on requests reach the server, and no answer comes back. */
  mute(): void;
  /** The same from the next request on that has this text in it. */
  muteFrom(text: string): void;
  isMute(): boolean;
  /** Breaks all connections; while it refuses, new ones break at once. */
  refuse(): void;
  accept(): void;
  /** How many requests or answers were lost on demand. */
  lost(): number;
  connections(): number;
}

export const startProxy = async (port: number): Promise<Proxy> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let answerTo: string | null = null;
  let request: string | null = null;
  let lastHeard: string | null = null;
  let isMute = false;
  let isRefusing = false;
  let lost = 0;

  const server = createServer((client) => {
    if (isRefusing) return void client.destroy();
    const upstream = connect(port, "127.0.0.1");
    const pair = [client, upstream] as const;
    pairs.add(pair);
    let isDoomed = false;
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end).setNoDelay();
    client.on("data", (bytes) => {
      if (request !== null && bytes.includes(request)) {
        request = null;
        lost += 1;
        return end();
      }
      if (answerTo !== null && bytes.includes(answerTo)) {
        answerTo = null;
        isDoomed = true;
      }
      if (lastHeard !== null && bytes.includes(lastHeard)) {
        lastHeard = null;
        isMute = true;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (isDoomed) {
        lost += 1;
        end();
      } else if (!isMute) client.write(bytes);
    });
  });

  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const ownPort = typeof address === "object" && address !== null ? address.port : 0;

  return {
    uri: `mongodb://127.0.0.1:${ownPort}/?directConnection=true`,
    loseAnswerTo: (text) => {
      answerTo = text;
    },
    loseRequest: (text) => {
      request = text;
    },
    mute: () => {
      isMute = true;
    },
    muteFrom: (text) => {
      lastHeard = text;
    },
    isMute: () => isMute,
    refuse: () => {
      isRefusing = true;
      cut();
    },
    accept: () => {
      isRefusing = false;
      isMute = false;
    },
    lost: () => lost,
    connections: () => pairs.size,
  };
};
