export { errorAnswer } from "./answer.ts";
export { type Client, clientOf } from "./client-of.ts";
export { corsHeaders, preflightHeaders } from "./cors.ts";
export { createDispatcher, type Dispatcher } from "./dispatcher.ts";
export type { DoorBody, DoorOptions, DoorPeer, DoorRequest, DoorResponse, Seen, TrustProxy } from "./door.ts";
export { checkInput } from "./invalid-input.ts";
export { judgeOrigin, type OriginVerdict } from "./judge-origin.ts";
export { bodyLimit } from "./read-body.ts";
