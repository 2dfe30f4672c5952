import { useState } from "preact/hooks";
import { myself } from "../chat/session.ts";
import { lazy } from "../shell/lazy.tsx";
import { t } from "../texts/texts.ts";
import { PresenceDot, presenceText } from "./presence.tsx";

const StatusDialog = lazy(
  async () => (await import("./status-dialog.tsx")).StatusDialog,
  ({ failed }) => failed && <p role="alert">{t().errors.network}</p>,
);

/** One's own status, and the way to change it. */
export const OwnStatus = () => {
  const [open, setOpen] = useState(false);
  const me = myself();
  const status = presenceText(me);
  return (
    <>
      <button
        type="button"
        class={`button own-status${me.status === "BUSY" ? " busy" : ""}`}
        aria-label={t().status.change(status)}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <PresenceDot user={me} />
        <span>{status}</span>
      </button>
      {open && <StatusDialog onClose={() => setOpen(false)} />}
    </>
  );
};
