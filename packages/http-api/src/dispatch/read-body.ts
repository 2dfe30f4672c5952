import { ChatError } from "@standin/core";
import type { DoorBody, DoorRequest } from "./door.ts";
import { invalid } from "./invalid-input.ts";

/** Bytes of a body, and of a frame on a socket. */
export const bodyLimit = 65_536;

const tooLarge = (): ChatError =>
  new ChatError("TOO_LARGE", { message: `The body must have at most ${bodyLimit} bytes` });

const isBytes = (body: DoorBody): body is Uint8Array => body instanceof Uint8Array;

/** Takes little more than the limit from the host, whatever was declared. */
const chunksOf = async (source: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bodyLimit) break;
  }
  return chunks;
};

const collect = async (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks = await chunksOf(source).catch((cause: unknown) => {
    // The client went away: its mistake, if anybody's.
    throw new ChatError("INVALID", { message: "The body could not be read", cause });
  });
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
};

const parse = (bytes: Uint8Array): unknown => {
  if (bytes.length > bodyLimit) throw tooLarge();
  if (bytes.length === 0) return {};
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid([{ path: "", message: "The body is not valid UTF-8" }]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ path: "", message: "The body is not valid JSON" }]);
  }
};

const readValue = async (body: DoorBody): Promise<unknown> => {
  if (body === null) return {};
  if (isBytes(body)) return parse(body);
  if ("parsed" in body) return body.parsed;
  return parse(await collect(body));
};

/** The JSON object in a request's body; no body is an empty one. Throws TOO_LARGE, unread when the size was declared, and INVALID. */
export const readBody = async (request: DoorRequest): Promise<object> => {
  if (Number(request.header("content-length") ?? 0) > bodyLimit) throw tooLarge();
  const value = await readValue(await request.body());
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid([{ path: "", message: "The body must be a JSON object" }]);
  }
  return value;
};
