import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ProviderBehaviour, providerBehaviours } from "./behaviours.ts";
import { geminiWire } from "./gemini-wire.ts";
import { openAiWire } from "./openai-wire.ts";
import type { ProviderWire, RecordedRequest } from "./provider-wire.ts";

/** A provider on this machine. */
export interface ProviderDouble {
  /** For the adapter's option of that name. */
  readonly baseUrl: string;
  /** Everything that was asked, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Answers that were not whole when the client closed its connection. */
  readonly aborted: number;
  /** Requests that reached the other host, to which `redirectElsewhere` points. */
  readonly strayRequests: number;
  /** Sets what happens to the requests that come from now on. At first they are answered. */
  answerWith(behaviour: ProviderBehaviour): void;
  /** Resolves when so many requests in all have come, whole. */
  untilRequests(count: number): Promise<void>;
  /** Resolves when so many answers in all were aborted by the client. */
  untilAborted(count: number): Promise<void>;
  /** Closes every connection, and frees the ports. */
  close(): Promise<void>;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** A server that speaks a provider's format, for a format of your own. */
export const createProviderDouble = async (wire: ProviderWire): Promise<ProviderDouble> => {
  const requests: RecordedRequest[] = [];
  let behaviour = providerBehaviours.answer;
  let aborted = 0;
  let strayRequests = 0;

  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of [...waiting]) look();
  };
  const until = (reached: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!reached()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const elsewhere = createServer((_, response) => {
    strayRequests += 1;
    response.end(JSON.stringify(wire.answer("From elsewhere")));
  });
  const elsewherePort = await listen(elsewhere);

  const exchange = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    let cut = false;
    response.once("close", () => {
      if (response.writableFinished || cut) return;
      aborted += 1;
      changed();
    });
    const { method = "", url: path = "", headers } = message;
    const request = { method, path, headers, body: parsed(await text(message)) };
    const reset = (): void => {
      cut = true;
      message.socket.resetAndDestroy();
    };
    behaviour({ wire, request, response, elsewhere: `http://localhost:${elsewherePort}`, reset });
    requests.push(request);
    changed();
  };
  // A client may go while its request is still coming: then there is nothing to answer.
  const server = createServer((message, response) => void exchange(message, response).catch(() => response.destroy()));
  const port = await listen(server);

  return {
    baseUrl: `http://127.0.0.1:${port}${wire.basePath}`,
    requests,
    get aborted() {
      return aborted;
    },
    get strayRequests() {
      return strayRequests;
    },
    answerWith: (next) => {
      behaviour = next;
    },
    untilRequests: (count) => until(() => requests.length >= count),
    untilAborted: (count) => until(() => aborted >= count),
    close: async () => {
      await Promise.all([close(server), close(elsewhere)]);
    },
  };
};

/**
 * A server that speaks the Gemini API's generateContent, and misbehaves as told.
 *
 * @example
 * const gemini = await createGeminiDouble();
 * gemini.answerWith(providerBehaviours.hangInBody);
 * const responder = createGeminiResponder({ apiKey: "key", baseUrl: gemini.baseUrl });
 */
export const createGeminiDouble = (): Promise<ProviderDouble> => createProviderDouble(geminiWire);

/**
 * A server that speaks `/chat/completions`, and misbehaves as told.
 *
 * @example
 * const openAi = await createOpenAiDouble();
 * openAi.answerWith(rateLimited("30"));
 * const responder = createOpenAiResponder({ model: "any", baseUrl: openAi.baseUrl });
 */
export const createOpenAiDouble = (): Promise<ProviderDouble> => createProviderDouble(openAiWire);
