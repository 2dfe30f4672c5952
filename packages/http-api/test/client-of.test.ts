import { describe, expect, test } from "vitest";
import { clientOf } from "../src/dispatch/index.ts";

const peer = (remoteAddress: string | undefined, headers: Record<string, string> = {}, encrypted = false) => ({
  remoteAddress,
  encrypted,
  header: (name: string) => headers[name],
});

const proxies = new Set(["10.0.0.1", "10.0.0.2"]);
const trust = (address: string): boolean => proxies.has(address);

describe("address", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["0:0:0:0:0:FFFF:203.0.113.7", "203.0.113.7"],
    ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["not an address", "unknown"],
    [undefined, "unknown"],
  ])("%s counts as %s", (remoteAddress, address) => {
    expect(clientOf(peer(remoteAddress)).address).toBe(address);
  });

  test.each([
    ["a stranger's header counts for nothing", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["one proxy", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["what the client made up before the proxies", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["only proxies", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
    ["rubbish ends the walk", "10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"],
    ["port and brackets", "10.0.0.1", "[2001:db8::5]:4711", "2001:db8:0:0::/64"],
    ["port of an IPv4 address", "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
  ])("%s", (_, remoteAddress, forwardedFor, address) => {
    expect(clientOf(peer(remoteAddress, { "x-forwarded-for": forwardedFor }), trust).address).toBe(address);
  });

  test("hops are counted from the socket", () => {
    const hops: [string, number][] = [];
    const note = (address: string, hop: number): boolean => {
      hops.push([address, hop]);
      return hop < 1;
    };
    const { address } = clientOf(peer("10.0.0.9", { "x-forwarded-for": "192.0.2.1, 192.0.2.2" }), note);
    expect(address).toBe("192.0.2.2");
    expect(hops).toContainEqual(["192.0.2.2", 1]);
  });
});

describe("own origin", () => {
  const forwarded = { host: "inner:3000", "x-forwarded-proto": "https", "x-forwarded-host": "chat.example" };

  test.each([
    ["as in the Host header", peer("203.0.113.7", { host: "Chat.Example:3000" }), ["http://chat.example:3000"]],
    ["over TLS", peer("203.0.113.7", { host: "chat.example" }, true), ["https://chat.example"]],
    ["the default port is not written", peer("203.0.113.7", { host: "chat.example:80" }), ["http://chat.example"]],
    ["as a trusted proxy says", peer("10.0.0.1", forwarded), ["https://chat.example"]],
    ["not as a stranger says", peer("203.0.113.7", forwarded), ["http://inner:3000"]],
    ["no scheme of another kind", peer("10.0.0.1", { ...forwarded, "x-forwarded-proto": "file" }), []],
    ["no host", peer("203.0.113.7"), []],
    ["a host with more than a host in it", peer("203.0.113.7", { host: "evil@chat.example" }), []],
  ])("%s", (_, request, origins) => {
    expect(clientOf(request, trust).ownOrigins).toEqual(origins);
  });
});
