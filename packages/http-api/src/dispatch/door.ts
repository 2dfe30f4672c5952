import type { Chat, ChatErrorCode } from "@standin/core";
import type { Logger } from "@standin/core/ports";

/** Is the peer at `address` a proxy of ours? `hop` is 0 for the socket's peer and grows along `X-Forwarded-For`, from the right. */
export type TrustProxy = (address: string, hop: number) => boolean;

/** One answered request, as it may be counted: nothing in it tells who asked, or for whom. */
export interface Seen {
  /** The route's name; "none" where the path is known and the method is not, and for preflights. */
  readonly route: string;
  /** HTTP status. */
  readonly status: number;
  /** null: it was no refusal. */
  readonly code: ChatErrorCode | null;
}

/** What every HTTP door takes. */
export interface DoorOptions {
  readonly chat: Chat;
  /** Origins of browsers' pages, beside the server's own, exactly as browsers write them. Default: none. */
  readonly allowedOrigins?: readonly string[];
  /** Whose `X-Forwarded-*` headers count. Default: nobody's. */
  readonly trustProxy?: TrustProxy;
  /** Told of what the caller is not: unexpected errors. Default: nobody. */
  readonly logger?: Logger;
  /** What `/readyz` asks before it asks the store. Default: always. */
  readonly ready?: () => boolean;
  /** Called once for each request that the API answered, with the answer made and not yet sent. Default: nobody. */
  readonly observe?: (seen: Seen) => void;
}

/** A body as a host may hold it: bytes to read, bytes already read, a value that the host already parsed, or none. */
export type DoorBody = AsyncIterable<Uint8Array> | Uint8Array | { readonly parsed: unknown } | null;

/** A network peer and its headers: the part of a request that says who sends it. */
export interface DoorPeer {
  /** The other end of the socket; undefined where the runtime does not tell. */
  readonly remoteAddress: string | undefined;
  /** Does the socket itself speak TLS? */
  readonly encrypted: boolean;
  /** A header by its lower-case name; undefined where there is none. */
  header(name: string): string | undefined;
}

/** One HTTP request, whichever server received it. */
export interface DoorRequest extends DoorPeer {
  readonly method: string;
  /** Percent-encoded, without query, and without the prefix under which a host mounted the door. */
  readonly path: string;
  /** The query, with or without its question mark. */
  readonly query: string;
  /** Called at most once, and only when the body is wanted. */
  body(): DoorBody | Promise<DoorBody>;
}

/** One HTTP answer. */
export interface DoorResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** null: none is sent; the headers may still speak of one, as for HEAD. */
  readonly body: Uint8Array<ArrayBuffer> | null;
}
