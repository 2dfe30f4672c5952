import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { myself, signOut } from "../chat/session.ts";
import { Confirm } from "../design/dialog.tsx";
import { toast } from "../design/toast.tsx";
import { countDrafts } from "../device/drafts.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** The ways out. Each asks first, and says when something would be lost. */
export const SessionsCard = () => {
  const [asking, setAsking] = useState<"here" | "everywhere" | null>(null);
  const texts = t().settings;

  const leave = async (everywhere: boolean): Promise<void> => {
    setAsking(null);
    try {
      await signOut(everywhere);
    } catch (error) {
      toast(sentenceFor(error));
    }
  };

  const unsent = client.unsent();
  const drafts = countDrafts(myself().id);
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{texts.sessions}</h2>
      <div class="row">
        <button type="button" class="button" onClick={() => setAsking("here")}>
          {texts.signOut}
        </button>
        <button type="button" class="button danger" onClick={() => setAsking("everywhere")}>
          {texts.signOutEverywhere}
        </button>
      </div>
      {asking !== null && (
        <Confirm
          title={texts.signOutAsk}
          hint={
            <>
              {unsent > 0 && <p class="note danger">{texts.unsentHint(unsent)}</p>}
              {drafts > 0 && <p class="note danger">{texts.unsentDrafts(drafts)}</p>}
              <p>{asking === "everywhere" ? texts.everywhereHint : texts.signOutHint}</p>
            </>
          }
          action={asking === "everywhere" ? texts.signOutEverywhere : texts.signOut}
          cancel={texts.stay}
          danger={unsent > 0 || drafts > 0 || asking === "everywhere"}
          onClose={() => setAsking(null)}
          onConfirm={() => leave(asking === "everywhere")}
        />
      )}
    </section>
  );
};
