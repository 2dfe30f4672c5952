import {
  declarationAt,
  type Generator,
  type ResponderRequest,
  type ResponderTurn,
  type StandInMode,
  type StandInSettings,
  type User,
} from "../../domain/index.ts";
import type { CancelSignal } from "../../ports/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatPolicy } from "../policy.ts";
import type { Asked, AskProviders } from "./ask-providers.ts";
import { answersGiven, type Said } from "./caps.ts";
import { labelled, labelOf } from "./label.ts";
import { busySentence, fixedDraft, fixedText, storedSentence } from "./template.ts";

/** What is known of the message to answer. */
interface Occasion {
  readonly mode: Exclude<StandInMode, "off">;
  readonly owner: User;
  readonly writer: User | null;
  readonly settings: StandInSettings;
  /** Has the owner never written to this writer? */
  readonly isNew: boolean;
  readonly turns: readonly ResponderTurn[];
  readonly said: Said;
  /** When the providers must have ended (R23), in milliseconds since the epoch. */
  readonly deadline: number;
}

/** What the stand-in would say, label included, and how it came about. */
export interface Generated {
  readonly text: string;
  readonly generator: Generator;
  /** Is it fixed text (R09)? */
  readonly notice: boolean;
  readonly decision: "answered" | "notice" | "suggested" | "provider-failed" | "budget";
  /** Which provider failed, and how, for the owner; null: none did. */
  readonly detail: string | null;
}

export type Generate = (occasion: Occasion, signal: CancelSignal) => Promise<Generated>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const requestFor = (occasion: Occasion, hasDelegate: boolean, now: number): ResponderRequest => {
  const { mode, owner, writer, settings, turns } = occasion;
  const busy = declarationAt(owner.declared, now);
  const { text, backAt, links } = settings.facts;
  return {
    purpose: mode === "suggest" ? "draft" : "answer",
    ownerName: owner.username,
    writerName: writer?.username ?? "",
    busyUntil: busy.word === "BUSY" && settings.shareUntil ? iso(busy.until) : null,
    busyNote: busy.word === "BUSY" ? busy.note : null,
    facts: { text, backAt: backAt !== null && backAt > now ? iso(backAt) : null, links, hasDelegate },
    turns,
  };
};

/** The words of a model between what code says: on the first of a period that it is automatic (R13), on the last one that it is (R10). */
const framed = (text: string, request: ResponderRequest, { owner, said, settings }: Occasion): string => {
  const isFirst = !said.own.some(({ period }) => period === owner.period);
  const isLast = answersGiven(said, owner.period) + 1 >= settings.answersPerPeriod;
  return [
    ...(isFirst ? [busySentence(request), storedSentence] : []),
    text,
    ...(isLast ? [`This is my last automatic answer for now; ${owner.username} will see what you write.`] : []),
  ].join(" ");
};

/** "2031-05-01": the UTC day under which a budget is counted. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const unasked: Asked = { text: null, why: "no-provider" };

/**
 * Makes what the owner's stand-in is going to say, or to suggest: the first provider's text that may be used, else the fixed text. Whether
 * a fixed text may be said once more is for the caller to judge (R09).
 */
export const createGenerate =
  (
    { users, standIns, clock }: Pick<ChatPorts, "users" | "standIns" | "clock">,
    { dailyBudget }: Pick<ChatPolicy, "dailyBudget">,
    ask: AskProviders,
  ): Generate =>
  async (occasion, signal) => {
    const { mode, owner, writer, settings, isNew, deadline } = occasion;
    const { delegate, links } = settings.facts;
    // Nobody is told to turn to themselves.
    const hasDelegate = delegate !== null && delegate !== writer?.id;
    const delegateName = hasDelegate ? ((await users.find(delegate))?.username ?? null) : null;
    const request = requestFor(occasion, delegateName !== null, clock.now());
    const label = labelOf(owner.username);
    const isDraft = mode === "suggest";

    const spend = () =>
      standIns.spend(owner.id, dayOf(clock.now()), {
        limit: dailyBudget,
        newPeopleLimit: isNew ? Math.floor(dailyBudget / 2) : null,
      });
    const texts = [request.facts.text, request.busyNote].filter((text) => text !== null);
    const guarding = { ownerName: owner.username, links, texts, delegateName, isDraft };
    const asked = mode === "notice" ? unasked : await ask(request, guarding, { deadline, spend, signal });
    if (asked.text !== null) {
      const { text, generator, detail } = asked;
      return isDraft
        ? { text, generator, notice: false, decision: "suggested", detail }
        : {
            text: labelled(label, framed(text, request, occasion)),
            generator,
            notice: false,
            decision: "answered",
            detail,
          };
    }
    const fixed = { noticeText: settings.noticeText, delegateName };
    const decisions = {
      "no-provider": isDraft ? "suggested" : "notice",
      budget: "budget",
      failed: "provider-failed",
    } as const;
    return {
      text: isDraft ? fixedDraft(request, fixed) : labelled(label, fixedText(request, fixed)),
      generator: { provider: "template" },
      notice: true,
      decision: decisions[asked.why],
      detail: asked.why === "failed" ? asked.detail : null,
    };
  };
