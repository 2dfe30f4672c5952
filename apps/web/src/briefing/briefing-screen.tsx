import type { BriefingEntry, BriefingPage, Message } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { briefingSeen } from "../chat/briefings.ts";
import { client } from "../chat/client.ts";
import { connection } from "../chat/connection.ts";
import { suggestions } from "../chat/suggestions.ts";
import { now } from "../shell/now.ts";
import { decisionsAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { BriefingPerson } from "./briefing-person.tsx";
import { WaitingDrafts } from "./waiting-drafts.tsx";

const withUpdated = (entry: BriefingEntry, updated: Message): BriefingEntry => ({
  ...entry,
  answers: entry.answers.map((answer) => (answer._id === updated._id ? updated : answer)),
});

/** What happened while one was busy: who wrote, what was said for one, and one's word on it. */
export const BriefingScreen = () => {
  const [briefing, setBriefing] = useState<BriefingPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const head = useFocusOnArrival();
  const texts = t().briefing;
  const online = connection.value === "online";

  useEffect(() => {
    const gone = new AbortController();
    client.standin.briefing({ limit: 50, signal: gone.signal }).then(
      (page) => {
        setBriefing(page);
        setProblem(null);
        briefingSeen();
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setProblem(sentenceFor(error));
      },
    );
    return () => gone.abort();
  }, [online]);

  // What is judged in a conversation, here or on another device, is judged here too.
  useEffect(
    () =>
      client.on("messageChanged", ({ message }) =>
        setBriefing((page) => page && { ...page, people: page.people.map((entry) => withUpdated(entry, message)) }),
      ),
    [],
  );

  const more = async (cursor: string): Promise<void> => {
    try {
      const page = await client.standin.briefing({ limit: 50, cursor });
      setBriefing((before) => before && { ...page, people: [...before.people, ...page.people] });
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };

  const judged = (updated: Message): void =>
    setBriefing((page) => page && { ...page, people: page.people.map((entry) => withUpdated(entry, updated)) });

  const intro = ({ since, until }: BriefingPage): string => {
    const from = moment(Date.parse(since), now.value);
    return until === null ? texts.introOpen(from) : texts.intro(from, moment(Date.parse(until), now.value));
  };

  return (
    <main class="pane main" ref={head}>
      <header class="pane-head">
        <h1 class="screen-title" tabIndex={-1}>
          {texts.title}
        </h1>
      </header>
      <div class="screen-body">
        <div class="column">
          {suggestions.value.length > 0 && <WaitingDrafts />}
          {problem !== null && (
            <p class="note danger" role="alert">
              {problem}
            </p>
          )}
          {briefing === null && problem === null && (
            <p class="muted" role="status">
              {t().common.loading}
            </p>
          )}
          {briefing !== null && briefing.people.length === 0 && (
            <div class="card">
              <p>
                <strong>{texts.none}</strong>
              </p>
              <p class="muted">{texts.noneHint}</p>
            </div>
          )}
          {briefing !== null && briefing.people.length > 0 && (
            <>
              <p>{intro(briefing)}</p>
              <ul class="stack">
                {briefing.people.map((entry) => (
                  <BriefingPerson key={entry.user.id} entry={entry} onJudged={judged} />
                ))}
              </ul>
              {briefing.nextCursor !== null && (
                <button
                  type="button"
                  class="button wide"
                  onClick={() => (briefing.nextCursor === null ? undefined : more(briefing.nextCursor))}
                >
                  {t().common.more}
                </button>
              )}
            </>
          )}
          <p>
            <a class="button" href={decisionsAddress}>
              {texts.decisions}
            </a>
          </p>
        </div>
      </div>
    </main>
  );
};
