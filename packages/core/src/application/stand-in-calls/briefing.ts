import { conversationOf, type Id, messageFor, type User } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller } from "../chat.ts";
import type { Context } from "../context.ts";
import { instantForm, instantOf, invalid, mistake, readLimit } from "../input-rules.ts";
import { sizes } from "../limits.ts";
import type { Briefing, BriefingEntry, BriefingInput } from "../stand-in-calls.ts";
import { type Place, readPlace, writePlace } from "./briefing-cursor.ts";
import { spanOf } from "./span.ts";

const dayMs = 86_400_000;
/** Most answers shown beside one person. */
const mostAnswers = 20;
const mostUrgent = 1_000;

/** The time that the briefing is about: the one asked for, else the caller's last period, never more than 90 days. */
const readTime = (input: BriefingInput, me: User, now: number): Pick<Place, "since" | "until"> => {
  const earliest = now - sizes.briefingDays * dayMs;
  if (input.since !== undefined && input.since !== null) {
    const since = instantOf(input.since);
    if (since === null) throw invalid(mistake("since", instantForm));
    if (since > now) throw invalid(mistake("since", "must not be in the future"));
    if (since < earliest) throw invalid(mistake("since", `must be at most ${sizes.briefingDays} days back`));
    return { since, until: null };
  }
  if (me.lastBusy === null) return { since: now, until: null };
  const { since, until } = me.lastBusy;
  const { declared } = me;
  // An end that the owner gave may have passed unseen.
  const unseen = declared.word === "BUSY" && declared.until !== null && declared.until <= now ? declared.until : null;
  return { since: Math.max(since, earliest), until: until ?? unseen };
};

/** What the caller missed: who wrote, how much, and what was said in their name. Urgent people first, then the newest conversations. */
export const briefing = async (context: Context, caller: Caller, input: BriefingInput): Promise<Briefing> => {
  const { ports, statuses } = context;
  const { users, messages, relations, standIns, clock } = ports;
  const limit = Math.min(readLimit(input.limit, sizes.briefingPage), sizes.briefingPage);
  const me = await users.find(caller.userId);
  if (me === null) throw new ChatError("UNAUTHORIZED");
  const now = clock.now();
  // A day more than is shown: whoever pages through 90 days takes their time.
  const earliest = now - (sizes.briefingDays + 1) * dayMs;
  const place: Place =
    input.cursor === undefined
      ? { ...readTime(input, me, now), urgent: 0, conversations: null }
      : readPlace(input.cursor, earliest, now);
  const { since, until } = place;

  const [blocks, requests] = await Promise.all([
    relations.blocksOf(me.id),
    standIns.urgentSince(me.id, since, mostUrgent),
  ]);
  const blocked = new Set(blocks.map((block) => block.blocked));
  const urgent = [...new Set(requests.filter(({ at }) => until === null || at <= until).map(({ writer }) => writer))];
  const isUrgent = new Set(urgent);

  const found: Omit<BriefingEntry, "user">[] = [];
  const peers: Id[] = [];
  const look = async (peer: Id): Promise<void> => {
    if (blocked.has(peer) || peer === me.id) return;
    const conversation = conversationOf(me.id, peer);
    const span = await spanOf(messages, conversation, peer, { since, until });
    if (span === null) return;
    const [{ unread }, said] = await Promise.all([
      messages.readPosition(conversation, me.id),
      messages.standInMessages(conversation, me.id, mostAnswers),
    ]);
    const answers = said.filter(({ at }) => at >= since && (until === null || at <= until));
    peers.push(peer);
    found.push({
      messages: span.messages,
      unread,
      urgent: isUrgent.has(peer),
      first: messageFor(span.first, me.id),
      last: messageFor(span.last, me.id),
      answers: answers.map((answer) => messageFor(answer, me.id)),
    });
  };

  let next: Place | null = place;
  while (next !== null && found.length < limit) {
    if (next.urgent < urgent.length) {
      const peer: Id = urgent[next.urgent] ?? "";
      next = { ...next, urgent: next.urgent + 1 };
      await look(peer);
      continue;
    }
    // As many as are still wanted, so that a cursor of the list is a cursor of the briefing.
    const wanted = { limit: limit - found.length, cursor: next.conversations };
    const page = await messages.conversations(me.id, wanted);
    const recent = page.conversations.filter(({ lastMessage }) => lastMessage !== null && lastMessage.at >= since);
    for (const { peer } of recent) if (!isUrgent.has(peer)) await look(peer);
    // The newest come first: behind one that is too old there are only older ones.
    const isOver = page.nextCursor === null || recent.length < page.conversations.length;
    next = isOver ? null : { ...next, conversations: page.nextCursor };
  }

  const views = new Map((await statuses.view(await users.findMany(peers), me.id)).map((view) => [view.id, view]));
  const people = found.map((entry, index) => {
    const peer = peers[index] ?? "";
    return { user: views.get(peer) ?? statuses.deleted(peer), ...entry };
  });
  return { since, until, people, nextCursor: next === null ? null : writePlace(next) };
};
