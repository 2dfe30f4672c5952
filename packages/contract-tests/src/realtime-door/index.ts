export type { RealtimeDoor, RealtimeDoorCapability, RealtimeDoorSubject } from "./realtime-door.ts";
export { realtimeDoorContract } from "./realtime-door-contract.ts";
export { createRealtimeHost, type RealtimeHost } from "./realtime-host.ts";
