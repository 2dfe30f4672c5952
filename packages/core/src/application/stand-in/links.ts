import { parsedUrl } from "../https-url.ts";

/** A stretch of a text that somebody may follow. */
interface Link {
  readonly start: number;
  readonly end: number;
}

/** Schemes that lead somewhere without two slashes. */
const schemes: readonly string[] =
  "blob callto cid data facetime file ftp geo http https intent irc javascript magnet mailto mid ms-settings sip sips skype sms smsto spotify ssh steam tel tg urn vbscript view-source viber whatsapp ws wss xmpp".split(
    " ",
  );

/** Endings of hosts that are taken for a link without anything behind them. Those that are words as well (it, in, me) are left out. */
const endings: ReadonlySet<string> = new Set(
  "com net org info biz io co app dev ai xyz link click online site website shop store top live icu ru cn uk eu ly gg page tech".split(
    " ",
  ),
);

/** Ends an address: what is not written in one, and punctuation of other scripts than ASCII. */
const inside = /(?:[^\s<>"`{}|^\P{ASCII}]|(?![\p{P}\p{Z}])\P{ASCII})*/uy;

/** What may stand behind an address without belonging to it. */
const closing = /(?:['’]s(?!\w)|[.,;:!?'"*_~)\]}>]|(?!\p{ASCII})\p{P})*/uy;

/** The end of the match of a sticky pattern that matches anything, even nothing. */
const endOf = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from;
  pattern.test(text);
  return Math.max(pattern.lastIndex, from);
};

/** The end of a text without these marks behind it. A pattern would try at each of them. */
const endWithout = (marks: string, text: string, from: number, end: number): number => {
  let last = end;
  while (last > from && marks.includes(text[last - 1] ?? "")) last -= 1;
  return last;
};

/** Where an address ends of which what comes before `from` is known to belong to it. */
const addressEnd = (text: string, from: number): number => {
  const most = endOf(inside, text, from);
  let open = 0;
  let end = from;
  for (; end < most; end += 1) {
    const character = text[end] ?? "";
    if ("([".includes(character)) open += 1;
    if (")]".includes(character)) open -= 1;
    if (open < 0) break;
  }
  return endWithout(".,;:!?'*_~", text, from, end);
};

/** Is it a host by itself, or with a path or a port behind it? */
const isHost = (host: string, behind: string): boolean => {
  const labels = host.split(".");
  const ending = labels.at(-1)?.toLowerCase() ?? "";
  if (labels.length < 2 || labels.includes("")) return false;
  const isNamed = /^(?:\p{L}{2,}|xn--.+)$/u.test(ending);
  const isNumbered = labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label));
  return (isNamed && endings.has(ending)) || ((isNamed || isNumbered) && /^(?:\/|:\d)/.test(behind));
};

/** The scheme that a word ends with, of those that need no slashes. */
const schemeOf = (word: string): string | undefined =>
  schemes.find((scheme) => word.endsWith(scheme) && !/\p{L}/u.test(word.charAt(word.length - scheme.length - 1)));

/** The link that a run of characters begins, or holds; null: it is a word. */
const linkAt = (text: string, start: number, end: number): Link | null => {
  if (text.startsWith("://", end)) return { start, end: addressEnd(text, end + 3) };
  if (/^:[^\s:]/u.test(text.slice(end, end + 2))) {
    const scheme = schemeOf(text.slice(start, end).toLowerCase());
    if (scheme !== undefined) return { start: end - scheme.length, end: addressEnd(text, end + 1) };
  }
  const www = text.slice(start, end).search(/www\./i);
  if (www >= 0) return { start: start + www, end: addressEnd(text, start + www) };
  // A share of a network, which some programs open as they show it.
  if (text.slice(start - 2, start) === "\\\\") return { start: start - 2, end: addressEnd(text, end) };
  const hostEnd = endWithout(".+-", text, start, end);
  const isMail = text[start - 1] === "@" || text[hostEnd] === "@";
  const isLink = !isMail && isHost(text.slice(start, hostEnd), text.slice(hostEnd, hostEnd + 2));
  return isLink ? { start, end: addressEnd(text, hostEnd) } : null;
};

/** Shows each link of a text, in order; what is shown it says where to go on. Each character is looked at a fixed number of times. */
const eachLink = (text: string, visit: (link: Link) => number): void => {
  // What a scheme, or a host, can be made of.
  const run = /[\p{L}\p{N}.+-]+/gu;
  for (let found = run.exec(text); found !== null; found = run.exec(text)) {
    // What is glued to the beginning of an address is looked at by itself.
    const glued = text.startsWith("://", run.lastIndex) ? (/https?$/i.exec(found[0])?.index ?? 0) : 0;
    const end = glued > 0 ? found.index + glued : run.lastIndex;
    const link = linkAt(text, found.index, end);
    run.lastIndex = link === null ? end : visit(link);
  }
};

const linksIn = (text: string): readonly string[] => {
  const links: string[] = [];
  eachLink(text, ({ start, end }) => {
    links.push(text.slice(start, end));
    return end;
  });
  return links;
};

/** Two spellings of one address have the same key. */
const keyOf = (address: string): string => {
  const rest = address.replace(/^https?:(?:\/\/)?/i, "");
  if (rest === address && /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[^:]*\.[^:]*:\d/.test(address)) return address;
  return (parsedUrl(`https://${rest}`)?.href ?? address).replace(/\/$/, "");
};

/** Links that the owner agreed to share. */
export interface OwnLinks {
  /** As the owner wrote them, the longest first. */
  readonly written: readonly string[];
  /** The same, by their keys. */
  readonly byKey: ReadonlyMap<string, string>;
}

/** The owner's links, and those that stand in what the owner shared in words. */
export const ownLinks = (links: readonly string[], texts: readonly string[]): OwnLinks => {
  const written = [...new Set([...links, ...texts.flatMap(linksIn)])].sort((one, other) => other.length - one.length);
  return { written, byKey: new Map(written.map((link) => [keyOf(link), link])) };
};

/** What comes behind an address and the marks that close it: nothing or a space, if no program can take more for a part of it. */
const behind = (text: string, end: number): string => text.charAt(endOf(closing, text, end));

const isBlank = (character: string): boolean => character.trim() === "";

/** The owner's link that a link is, as the owner wrote it, and where it ends; null: it is somebody else's. */
const ownAt = (text: string, { start, end }: Link, own: OwnLinks): { written: string; end: number } | null => {
  for (const written of own.written) {
    if (!text.startsWith(written, start)) continue;
    const next = behind(text, start + written.length);
    if (!/[\w/?#&=%@:+$-]/.test(next)) return { written, end: start + written.length };
  }
  const written = own.byKey.get(keyOf(text.slice(start, end)));
  return written === undefined ? null : { written, end };
};

/** The text with the owner's links, as the owner wrote them, and no others (R17). */
export const withoutForeignLinks = (text: string, own: OwnLinks): string => {
  let [said, at] = ["", 0];
  eachLink(text, (link) => {
    const mine = ownAt(text, link, own);
    said += text.slice(at, link.start);
    if (mine !== null) said += isBlank(behind(text, mine.end)) ? mine.written : `${mine.written} `;
    at = mine?.end ?? link.end;
    return at;
  });
  return said + text.slice(at);
};
