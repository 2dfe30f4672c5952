import { io, type Socket } from "socket.io-client";
import { ClientError, type ClientErrorJson, localError } from "../errors.ts";
import type { ConnectionState } from "../events.ts";
import type { Timing } from "../options.ts";
import type { ClientToServerEvents, Refusal, ServerToClientEvents } from "../wire.ts";
import { backoff } from "./wait.ts";

type ChatSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
type Asked = keyof ClientToServerEvents;
type Payload<Name extends Asked> = Parameters<ClientToServerEvents[Name]>[0];
type Answer<Name extends Asked> = Exclude<Parameters<Parameters<ClientToServerEvents[Name]>[1]>[0], Refusal>;

export interface ConnectionOptions {
  readonly url: string;
  readonly socketPath: string;
  readonly token: string;
  readonly timing: Timing;
  readonly onState: (state: ConnectionState) => void;
  /** A connection is there. The signal is aborted when it is gone. */
  readonly onConnect: (signal: AbortSignal) => void;
  readonly onEvent: (event: string, payload: unknown) => void;
  /** The server does not take the token any more; nothing further is tried. */
  readonly onUnauthorized: () => void;
}

const gone = new DOMException("The connection is gone", "AbortError");

/** The one connection of a session: WebSocket, opened anew whenever it breaks, for as long as it is wanted. */
export class Connection {
  readonly #options: ConnectionOptions;
  #socket: ChatSocket | null = null;
  #online: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  /** The clock of this page, from when on the server wants to be asked again. */
  #notBefore = 0;
  #isWanted = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get isOnline(): boolean {
    return this.#online !== null;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    globalThis.addEventListener?.("online", this.reconnect);
    this.#open();
  }

  /** Ends it for good. */
  stop(): void {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    globalThis.removeEventListener?.("online", this.reconnect);
    clearTimeout(this.#timer);
    this.#drop();
    this.#options.onState("offline");
  }

  /** Tries at once, if a further attempt is being waited for. */
  readonly reconnect = (): void => {
    if (!this.#isWanted || this.#socket !== null) return;
    clearTimeout(this.#timer);
    this.#open();
  };

  /** The connection does what it should: the next time, waiting starts from the shortest again. */
  proved(): void {
    this.#attempts = 0;
  }

  /** An answer did not come: what looks like a connection may be none, and another one will tell. */
  suspect(): void {
    if (this.#socket !== null) this.#again();
  }

  /** Sends without waiting for anything; not at all without a connection. */
  tell<Name extends Asked>(event: Name, payload: Payload<Name>): void {
    // biome-ignore lint/suspicious/noExplicitAny: the acknowledgement is left out on purpose.
    if (this.#online !== null) (this.#socket as any)?.emit(event, payload);
  }

  /** Sends and waits for the answer. NETWORK and TIMEOUT: whether it was carried out is not known. */
  async ask<Name extends Asked>(event: Name, payload: Payload<Name>): Promise<Answer<Name>> {
    const socket = this.#socket;
    if (socket === null || this.#online === null) throw localError("NETWORK");
    let answer: { readonly success: boolean };
    try {
      // biome-ignore lint/suspicious/noExplicitAny: Socket.IO's types do not follow a generic event.
      answer = await (socket.timeout(this.#options.timing.acknowledgeMs) as any).emitWithAck(event, payload);
    } catch (error) {
      throw localError(socket === this.#socket ? "TIMEOUT" : "NETWORK", error);
    }
    if (answer?.success === true) return answer as Answer<Name>;
    if (answer?.success === false) throw new ClientError(answer as unknown as ClientErrorJson);
    throw localError("UNEXPECTED");
  }

  #open(): void {
    const { url, socketPath, token, timing, onConnect, onEvent, onUnauthorized, onState } = this.#options;
    const socket: ChatSocket = io(new URL(url).origin, {
      path: socketPath,
      transports: ["websocket"],
      auth: { token },
      // Each attempt is a connection of its own; when to try is decided here, where the server's wishes are known.
      forceNew: true,
      reconnection: false,
    });
    this.#socket = socket;
    onState("connecting");
    // Covers all of opening: the WebSocket, and the server's word that one is logged in.
    this.#timer = setTimeout(() => this.#again(), timing.acknowledgeMs);

    socket.on("connect", () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#timer);
      this.#online = new AbortController();
      onState("online");
      if (socket === this.#socket) onConnect(this.#online.signal);
    });
    socket.on("connect_error", (error: Error & { readonly data?: ClientErrorJson }) => {
      if (socket !== this.#socket) return;
      if (error.data?.code === "UNAUTHORIZED") return onUnauthorized();
      this.#again(error.data?.retryAfterMs);
    });
    socket.on("disconnect", () => {
      if (socket === this.#socket) this.#again();
    });
    socket.on("draining", ({ retryAfterMs }) => {
      this.#notBefore = performance.now() + retryAfterMs;
    });
    socket.onAny((event: string, payload: unknown) => {
      if (socket === this.#socket) onEvent(event, payload);
    });
  }

  /** Lets go of the connection and opens another one after a while. */
  #again(retryAfterMs = 0): void {
    const { reconnectMinMs, reconnectMaxMs } = this.#options.timing;
    clearTimeout(this.#timer);
    this.#drop();
    const asked = Math.max(retryAfterMs, this.#notBefore - performance.now(), 0);
    const own = backoff(this.#attempts, reconnectMinMs, reconnectMaxMs);
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#open(), asked + own);
    this.#options.onState("connecting");
  }

  #drop(): void {
    const socket = this.#socket;
    const online = this.#online;
    this.#socket = null;
    this.#online = null;
    socket?.offAny();
    socket?.disconnect();
    online?.abort(gone);
  }
}
