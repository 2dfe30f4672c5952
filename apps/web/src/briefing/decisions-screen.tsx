import type { DecisionPage, DecisionRecord } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { connection } from "../chat/connection.ts";
import { person } from "../chat/conversations.ts";
import { BackIcon } from "../design/icons.tsx";
import { now } from "../shell/now.ts";
import { briefingAddress, conversationAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

const reasonsIn = (detail: string): string | null => {
  const texts = t().reasons;
  const reason = (Object.keys(texts) as (keyof typeof texts)[]).find((one) => detail.includes(one));
  return reason === undefined ? null : texts[reason];
};

const Decided = ({ record }: { readonly record: DecisionRecord }) => {
  const { at, peer, trigger, decision, detail } = record;
  const name = person(peer)?.username ?? t().common.deleted;
  const why = detail === null ? null : reasonsIn(detail);
  return (
    <li class="decision">
      <p class="row">
        <a href={conversationAddress(peer, trigger)} dir="auto">
          {t().briefing.decisionFor(name)}
        </a>
        <time class="muted small" dateTime={at}>
          {moment(Date.parse(at), now.value)}
        </time>
      </p>
      <p>{t().decisions[decision]}</p>
      {detail !== null && (
        <p class="muted small" title={detail}>
          {t().briefing.failedBecause(why ?? detail)}
        </p>
      )}
    </li>
  );
};

/** What the assistant did with each message, and why. */
export const DecisionsScreen = () => {
  const [page, setPage] = useState<DecisionPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const head = useFocusOnArrival();
  const texts = t().briefing;
  const online = connection.value === "online";

  const read = async (cursor: string | null, signal?: AbortSignal): Promise<void> => {
    try {
      const next = await client.standin.decisions({
        limit: 50,
        ...(cursor !== null && { cursor }),
        ...(signal !== undefined && { signal }),
      });
      // People of whom nothing is known here are in the directory.
      if (next.decisions.some(({ peer }) => client.user(peer) === undefined))
        await client.listUsers({ limit: 1_000 }).catch(() => undefined);
      setPage((before) =>
        cursor === null || before === null ? next : { ...next, decisions: [...before.decisions, ...next.decisions] },
      );
      setProblem(null);
    } catch (error) {
      if (signal?.aborted !== true) setProblem(sentenceFor(error));
    }
  };

  useEffect(() => {
    const gone = new AbortController();
    read(null, gone.signal).catch(() => undefined);
    return () => gone.abort();
  }, [online]);

  const cursor = page?.nextCursor ?? null;
  return (
    <main class="pane main" ref={head}>
      <header class="pane-head">
        <a class="button quiet icon" href={briefingAddress} aria-label={t().common.back}>
          <BackIcon />
        </a>
        <h1 class="screen-title" tabIndex={-1}>
          {texts.decisionsTitle}
        </h1>
      </header>
      <div class="screen-body">
        <div class="column">
          <p>{texts.decisionsIntro}</p>
          {problem !== null && (
            <p class="note danger" role="alert">
              {problem}
            </p>
          )}
          {page === null && problem === null && (
            <p class="muted" role="status">
              {t().common.loading}
            </p>
          )}
          {page !== null && page.decisions.length === 0 && <p class="card muted">{texts.decisionsNone}</p>}
          {page !== null && page.decisions.length > 0 && (
            <ul class="card decisions">
              {page.decisions.map((record) => (
                <Decided key={record.trigger} record={record} />
              ))}
            </ul>
          )}
          {cursor !== null && (
            <button type="button" class="button wide" onClick={() => read(cursor)}>
              {t().common.more}
            </button>
          )}
        </div>
      </div>
    </main>
  );
};
