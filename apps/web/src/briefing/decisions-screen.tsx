import type { DecisionPage, DecisionRecord } from "@standin/client";
import { client } from "../chat/client.ts";
import { person } from "../chat/conversations.ts";
import { createResource, useResource } from "../chat/resource.ts";
import { BackIcon } from "../design/icons.tsx";
import { toast } from "../design/toast.tsx";
import { MoreButton } from "../shell/more-button.tsx";
import { now } from "../shell/now.ts";
import { ResourceView } from "../shell/resource-view.tsx";
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

const read = async (query: { readonly cursor?: string } = {}): Promise<DecisionPage> => {
  const page = await client.standin.decisions({ limit: 50, ...query });
  // People of whom nothing is known here are in the directory.
  if (page.decisions.some(({ peer }) => client.user(peer) === undefined))
    await client.listUsers({ limit: 1_000 }).catch(() => undefined);
  return page;
};

const decisions = createResource("decisions", read);

/** What the assistant did with each message, and why. */
export const DecisionsScreen = () => {
  const head = useFocusOnArrival();
  const texts = t().briefing;
  useResource(decisions);

  const more = async (cursor: string): Promise<void> => {
    try {
      const page = await read({ cursor });
      decisions.change((before) => ({ ...page, decisions: [...before.decisions, ...page.decisions] }));
    } catch (error) {
      toast(sentenceFor(error));
    }
  };

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
          <ResourceView resource={decisions}>
            {(page) =>
              page.decisions.length === 0 ? (
                <p class="card muted">{texts.decisionsNone}</p>
              ) : (
                <>
                  <ul class="card decisions">
                    {page.decisions.map((record) => (
                      <Decided key={record.trigger} record={record} />
                    ))}
                  </ul>
                  <MoreButton cursor={page.nextCursor} onMore={more} />
                </>
              )
            }
          </ResourceView>
        </div>
      </div>
    </main>
  );
};
