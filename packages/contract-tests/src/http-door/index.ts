export { createDoorHost, type DoorHost } from "./door-host.ts";
export { httpDoorContract, httpDoorRows } from "./http-door-contract.ts";
export { type HttpDoor, transcribeRow } from "./play-row.ts";
export { createReferenceDoor } from "./reference-door.ts";
