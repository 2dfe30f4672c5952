import type { BriefingPage } from "@standin/client";
import { useEffect } from "preact/hooks";
import { briefing, briefingJudged, briefingSeen } from "../chat/briefings.ts";
import { client } from "../chat/client.ts";
import { useResource } from "../chat/resource.ts";
import { suggestions } from "../chat/suggestions.ts";
import { toast } from "../design/toast.tsx";
import { MoreButton } from "../shell/more-button.tsx";
import { now } from "../shell/now.ts";
import { ResourceView } from "../shell/resource-view.tsx";
import { decisionsAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { BriefingPerson } from "./briefing-person.tsx";
import { WaitingDrafts } from "./waiting-drafts.tsx";

/** What happened while one was busy: who wrote, what was said for one, and one's word on it. */
export const BriefingScreen = () => {
  const head = useFocusOnArrival();
  const texts = t().briefing;
  const { value: current } = briefing.state;
  useResource(briefing);
  useEffect(() => {
    if (current.state === "here" && !current.stale) briefingSeen();
  }, [current]);

  const more = async (cursor: string): Promise<void> => {
    try {
      const page = await client.standin.briefing({ limit: 50, cursor });
      briefing.change((before) => ({ ...page, people: [...before.people, ...page.people] }));
    } catch (error) {
      toast(sentenceFor(error));
    }
  };

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
          <ResourceView resource={briefing}>
            {(page) =>
              page.people.length === 0 ? (
                <div class="card">
                  <p>
                    <strong>{texts.none}</strong>
                  </p>
                  <p class="muted">{texts.noneHint}</p>
                </div>
              ) : (
                <>
                  <p>{intro(page)}</p>
                  <ul class="stack">
                    {page.people.map((entry) => (
                      <BriefingPerson key={entry.user.id} entry={entry} onJudged={briefingJudged} />
                    ))}
                  </ul>
                  <MoreButton cursor={page.nextCursor} onMore={more} />
                </>
              )
            }
          </ResourceView>
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
