import type { User } from "@standin/client";
import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { myself } from "../chat/session.ts";
import { isWished, keepWish, type Wish } from "../chat/wishes.ts";
import { Confirm } from "../design/dialog.tsx";
import { UrgentIcon } from "../design/icons.tsx";
import { toast } from "../design/toast.tsx";
import { now } from "../shell/now.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** What somebody should know, and may wish, before they write to a person who is busy. */
export const BusyNotice = ({ user }: { readonly user: User }) => {
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  const me = myself().id;
  const texts = t().busyPeer;
  const { username, busyUntil, busyNote } = user;
  const has = (wish: Wish): boolean => isWished(me, user, wish);
  const until = busyUntil === null ? null : moment(Date.parse(busyUntil), now.value);

  const utter = async (wish: Wish): Promise<void> => {
    setWorking(true);
    setAsking(false);
    try {
      await client.standin.request(
        wish === "urgent" ? { to: user.id, urgent: true } : { to: user.id, messageOnly: true },
      );
      keepWish(me, user, wish);
      if (wish === "urgent") toast(texts.urgentDone(username));
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === "CONFLICT") toast(texts.notBusy);
      else if (code === "LIMITED" && wish === "urgent") {
        keepWish(me, user, wish);
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
