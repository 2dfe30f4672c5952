import { person } from "../chat/conversations.ts";
import { myself } from "../chat/session.ts";
import { suggestions } from "../chat/suggestions.ts";
import { DraftCard } from "../conversation/draft-card.tsx";
import { draftOf, keepDraft } from "../device/drafts.ts";
import { conversationAddress, goTo } from "../shell/route.ts";
import { t } from "../texts/texts.ts";

/** The drafts that wait for their owner, by the person they are for. */
export const WaitingDrafts = () => {
  const me = myself().id;
  return (
    <section class="card" aria-labelledby="waiting-drafts">
      <h2 id="waiting-drafts">{t().briefing.drafts}</h2>
      {suggestions.value.map((suggestion) => {
        const { id, peer } = suggestion;
        return (
          <div key={id} class="stack">
            <a class="link" href={conversationAddress(peer, suggestion.inReplyTo)} dir="auto">
              {person(peer)?.username ?? t().common.deleted}
            </a>
            <DraftCard
              suggestion={suggestion}
              onEdit={(text) => {
                const begun = draftOf(me, peer);
                keepDraft(me, peer, begun === "" ? text : `${text}\n${begun}`);
                goTo(conversationAddress(peer));
              }}
            />
          </div>
        );
      })}
    </section>
  );
};
