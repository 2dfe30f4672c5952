const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const mapped = /^(?:::|(?:0{1,4}:){5})ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The eight groups of an IPv6 address without zone and without dots; null: it is none. */
const groupsOf = (address: string): readonly string[] | null => {
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : null;
};

/**
 * An address as it stands in a socket or in `X-Forwarded-For`, without brackets, port, zone, and without the IPv6 form of an IPv4
 * address; null: it is no address.
 */
export const plainAddress = (written: string): string | null => {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(written.trim())?.[1] ?? written.trim().replace(/^([\d.]+):\d+$/, "$1");
  const address = bare.replace(/%.*$/, "");
  const four = mapped.exec(address)?.[1] ?? address;
  if (ipv4.test(four)) return four;
  return groupsOf(address) === null ? null : address.toLowerCase();
};

/** What limits of rate are counted under: an IPv4 address, or the /64 of an IPv6 one, since one person has all of it. */
export const countedAs = (address: string): string => {
  const groups = groupsOf(address);
  if (groups === null) return address;
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
};
