import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP proxy in front of a server: it does to connections what networks do. */
export interface FaultyNetwork {
  readonly url: string;
  /** Every connection breaks now. */
  cut(): void;
  /** Every connection breaks, and new ones break at once. */
  refuse(): void;
  /** From now on requests reach the server, and no answer comes back. */
  mute(): void;
  /** Answers come through again, but for those that were kept back. */
  unmute(): void;
  /** How long each packet is on its way, either way. */
  delay(ms: number): void;
  /** The next acknowledgement of a message reaches nobody, though the message is stored: the connection breaks. */
  loseAcknowledgement(): void;
  /** The next packet of a client reaches nobody: the connection breaks. */
  loseRequest(): void;
  /** From now on it is as if nothing were between. */
  heal(): void;
  /** What was really done to connections. */
  readonly done: { acknowledgements: number; requests: number; cuts: number; muted: number; refused: number };
}

/** `port`: of the server, asked for at each connection. */
export const startFaultyNetwork = async (port: () => number): Promise<FaultyNetwork> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  const done = { acknowledgements: 0, requests: 0, cuts: 0, muted: 0, refused: 0 };
  let delayMs = 0;
  let isMute = false;
  let isRefusing = false;
  let losesAcknowledgement = false;
  let losesRequest = false;

  const server = createServer((client) => {
    if (isRefusing) {
      done.refused += 1;
      return void client.destroy();
    }
    const upstream = connect(port(), "127.0.0.1");
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    /** One way. Whichever timer is first lets through what came first: bytes of one connection never overtake each other. */
    const towards = (to: Socket): ((bytes: Buffer) => void) => {
      const line: Buffer[] = [];
      return (bytes) => {
        if (delayMs === 0 && line.length === 0) return void to.write(bytes);
        line.push(bytes);
        setTimeout(() => {
          const next = line.shift();
          if (next !== undefined && to.writable) to.write(next);
        }, delayMs);
      };
    };
    const passUp = towards(upstream);
    const passDown = towards(client);
    for (const socket of pair) socket.on("error", end).on("close", end).setNoDelay();
    client.on("data", (bytes) => {
      if (!losesRequest) return passUp(bytes);
      losesRequest = false;
      done.requests += 1;
      end();
    });
    upstream.on("data", (bytes) => {
      // What a server sends in frames is not masked, so that it can be read here.
      if (losesAcknowledgement && bytes.includes('"Message sent"')) {
        losesAcknowledgement = false;
        done.acknowledgements += 1;
        return end();
      }
      if (isMute) done.muted += 1;
      else passDown(bytes);
    });
  });

  const cut = (): void => {
    done.cuts += pairs.size;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    cut();
    server.close();
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    refuse: () => {
      isRefusing = true;
      cut();
    },
    mute: () => {
      isMute = true;
    },
    unmute: () => {
      isMute = false;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    loseAcknowledgement: () => {
      losesAcknowledgement = true;
    },
    loseRequest: () => {
      losesRequest = true;
    },
    heal: () => {
      delayMs = 0;
      isMute = false;
      isRefusing = false;
      losesAcknowledgement = false;
      losesRequest = false;
      // What was kept back while it was mute is gone for good, as the connection would be.
      cut();
    },
    done,
  };
};
