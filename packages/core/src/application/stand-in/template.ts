import type { ResponderRequest } from "../../domain/index.ts";
import { ResponderError } from "../../errors/responder-error.ts";
import type { AutoResponder } from "../../ports/index.ts";
import { codePoints } from "../input-rules.ts";
import { sizes } from "../limits.ts";
import { labelled, labelOf } from "./label.ts";

/** What fixed texts say beyond what a model may know. */
export interface FixedFacts {
  /** The owner's own text for notices. */
  readonly noticeText: string | null;
  /** The name of the person to turn to. */
  readonly delegateName: string | null;
}

/** "2031-05-01T15:00:00.000Z" as "2031-05-01 15:00 UTC": the same for every reader, wherever they are. */
const instant = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

const until = ({ busyUntil }: ResponderRequest): string => (busyUntil === null ? "" : ` until ${instant(busyUntil)}`);

const because = ({ busyNote }: ResponderRequest): string => (busyNote === null ? "" : ` (${busyNote})`);

/** That this is automatic, that the owner is busy, and until when, if shared (R13). */
export const busySentence = (request: ResponderRequest): string =>
  `This is an automatic reply: ${request.ownerName} is busy${until(request)}${because(request)}.`;

export const storedSentence = "Your message was stored and is waiting to be read.";

const join = (sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence) => sentence !== null).join(" ");

const shared = ({ facts: { text, backAt } }: ResponderRequest, { delegateName }: FixedFacts): string | null =>
  join([
    text,
    backAt === null ? null : `Back at ${instant(backAt)}.`,
    delegateName === null ? null : `If it cannot wait, turn to ${delegateName}.`,
  ]) || null;

/** The text, and as many of the owner's links as a message has room for, label included. */
const withLinks = (text: string, { ownerName, facts: { links } }: ResponderRequest): string => {
  const fits = (longer: string): boolean => codePoints(labelled(labelOf(ownerName), longer)) <= sizes.message;
  return links.reduce((said, link) => (fits(`${said} ${link}`) ? `${said} ${link}` : said), text);
};

/** The fixed answer: it says that it is automatic, that the owner is busy, and that the message was kept (R13), then what the owner agreed to share. */
export const fixedText = (request: ResponderRequest, facts: FixedFacts): string =>
  withLinks(join([busySentence(request), storedSentence, facts.noticeText, shared(request, facts)]), request);

/** The fixed draft: what the owner might send themselves, in their own voice. */
export const fixedDraft = (request: ResponderRequest, facts: FixedFacts): string => {
  const when = request.busyUntil === null ? "later" : "then";
  const sentence = `I am busy${until(request)}${because(request)} and will read your message ${when}.`;
  return withLinks(join([sentence, facts.noticeText, shared(request, facts)]), request);
};

/** The fixed answer as a responder, for when no model is there or wanted. */
export const templateResponder: AutoResponder = {
  provider: "template",
  respond: async (request, signal) => {
    if (signal.aborted) throw new ResponderError("timeout");
    const nothing: FixedFacts = { noticeText: null, delegateName: null };
    return { text: (request.purpose === "draft" ? fixedDraft : fixedText)(request, nothing), model: null };
  },
};
