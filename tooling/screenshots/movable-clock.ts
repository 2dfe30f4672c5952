// Loaded into the server before anything else: its clock stands where the story puts it, and runs on from there, so that the pictures
// show an afternoon and not the three seconds in which it was played.
import { ServerResponse } from "node:http";

const Device = Date;
let shiftMs = 0;

globalThis.Date = class extends Device {
  constructor(...parts: ConstructorParameters<DateConstructor> | []) {
    super(...((parts.length === 0 ? [Device.now() + shiftMs] : parts) as ConstructorParameters<DateConstructor>));
  }
  static override now(): number {
    return Device.now() + shiftMs;
  }
} as DateConstructor;

// Node.js writes this header by the device's clock, and the page goes by it.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: unknown[]) {
  this.setHeader("date", new Date().toUTCString());
  return Reflect.apply(writeHead, this, head);
};

process.on("message", (at: number) => {
  shiftMs = at - Device.now();
  process.send?.(at);
});
// The channel alone keeps no server alive.
process.channel?.unref();
