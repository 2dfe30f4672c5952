import { signal } from "@preact/signals";
import type { User } from "@standin/client";
import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { Confirm } from "../design/dialog.tsx";
import { UrgentIcon } from "../design/icons.tsx";
import { toast } from "../design/toast.tsx";
import { now } from "../shell/now.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

type Wish = "messageOnly" | "urgent";

/** The wishes uttered since the page was opened. They hold for one stretch of BUSY, so its beginning is part of the name. */
const uttered = signal<ReadonlySet<string>>(new Set());
const nameOf = (wish: Wish, { id, busySince }: User): string => `${wish} ${id} ${busySince}`;

/** What somebody should know, and may wish, before they write to a person who is busy. */
export const BusyNotice = ({ user }: { readonly user: User }) => {
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  const texts = t().busyPeer;
  const { username, busyUntil, busyNote } = user;
  const has = (wish: Wish): boolean => uttered.value.has(nameOf(wish, user));
  const until = busyUntil === null ? null : moment(Date.parse(busyUntil), now.value);

  const utter = async (wish: Wish): Promise<void> => {
    setWorking(true);
    setAsking(false);
    try {
      await client.standin.request(
        wish === "urgent" ? { to: user.id, urgent: true } : { to: user.id, messageOnly: true },
      );
      uttered.value = new Set(uttered.value).add(nameOf(wish, user));
      if (wish === "urgent") toast(texts.urgentDone(username));
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === "CONFLICT") toast(texts.notBusy);
      else if (code === "LIMITED" && wish === "urgent") {
        uttered.value = new Set(uttered.value).add(nameOf(wish, user));
        toast(texts.urgentAgain(username));
      } else toast(sentenceFor(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <section class="busy-notice" aria-label={texts.region}>
      <p dir="auto">
        {has("messageOnly")
          ? texts.messageOnlyDone
          : until === null
            ? texts.busy(username)
            : texts.busyUntil(username, until)}
        {busyNote !== null && (
          <>
            {" "}
            <bdi class="busy-note">{texts.note(busyNote)}</bdi>
          </>
        )}
      </p>
      <div class="row">
        {!has("messageOnly") && (
          <button type="button" class="button small" disabled={working} onClick={() => utter("messageOnly")}>
            {texts.messageOnly}
          </button>
        )}
        {has("urgent") ? (
          <span class="badge busy">{texts.urgentAgain(username)}</span>
        ) : (
          <button type="button" class="button small" disabled={working} onClick={() => setAsking(true)}>
            <UrgentIcon size={16} />
            {texts.urgent}
          </button>
        )}
      </div>
      {asking && (
        <Confirm
          title={texts.urgent}
          hint={<p>{texts.urgentAsk(username)}</p>}
          action={texts.urgentDo}
          onClose={() => setAsking(false)}
          onConfirm={() => utter("urgent")}
        />
      )}
    </section>
  );
};
