import type { StatusChange } from "@standin/client";
import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { myself } from "../chat/session.ts";
import { Dialog } from "../design/dialog.tsx";
import { Field } from "../design/field.tsx";
import { toast } from "../design/toast.tsx";
import { moment, timeOfDay } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { nextHours, toLocalInput, tomorrowMorning } from "./end-times.ts";
import { presenceText } from "./presence.tsx";

const minute = 60_000;
const longestNote = 200;

/** One's status: available or busy, until when, and what everybody may know about it. Every end is one tap. */
export const StatusDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const me = myself();
  const busy = me.status === "BUSY";
  const [note, setNote] = useState(me.busyNote ?? "");
  const [other, setOther] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const texts = t().status;
  const now = client.now();

  const set = async (change: StatusChange, said: string): Promise<void> => {
    setWorking(true);
    try {
      await client.setStatus(change);
      toast(said);
      onClose();
    } catch (error) {
      toast(sentenceFor(error));
      setWorking(false);
    }
  };

  const setBusy = (until: number | null): Promise<void> =>
    set(
      {
        status: "BUSY",
        until: until === null ? null : new Date(until).toISOString(),
        note: note.trim() === "" ? null : note.trim(),
      },
      until === null ? texts.nowBusy : texts.nowBusyUntil(moment(until, now)),
    );

  const setOtherTime = (event: Event) => {
    event.preventDefault();
    const until = new Date(other).getTime();
    if (!(until > client.now())) {
      setProblem(texts.past);
      return;
    }
    return setBusy(until);
  };

  const ends: readonly (readonly [label: string, until: () => number | null])[] = [
    [texts.minutes30, () => client.now() + 30 * minute],
    [texts.hour1, () => client.now() + 60 * minute],
    ...nextHours(now, 3).map((at) => [texts.untilHour(timeOfDay(at)), () => at] as const),
    [texts.tomorrow(timeOfDay(tomorrowMorning(now))), () => tomorrowMorning(client.now())],
    [texts.open, () => null],
  ];

  return (
    <Dialog title={texts.title} onClose={onClose}>
      {busy ? (
        <div class="status-now">
          <p>
            <strong>{presenceText(me)}</strong>
          </p>
          <button
            type="button"
            class="button primary"
            disabled={working}
            onClick={() => set({ status: "AVAILABLE" }, texts.nowAvailable)}
          >
            {texts.endNow}
          </button>
        </div>
      ) : (
        me.status !== "AVAILABLE" && (
          <button
            type="button"
            class="button wide"
            disabled={working}
            onClick={() => set({ status: "AVAILABLE" }, texts.nowAvailable)}
          >
            {texts.available}
          </button>
        )
      )}
      <fieldset class="stack">
        <legend class="legend">{texts.busyFor}</legend>
        <p class="hint">{texts.busyHint}</p>
        <div class="ends">
          {ends.map(([label, until]) => (
            <button key={label} type="button" class="button" disabled={working} onClick={() => setBusy(until())}>
              {label}
            </button>
          ))}
        </div>
        <details class="other-end">
          <summary>{texts.other}</summary>
          <form onSubmit={setOtherTime} noValidate>
            <Field label={texts.otherLabel} problem={problem}>
              {(control) => (
                <input
                  {...control}
                  class="input"
                  type="datetime-local"
                  min={toLocalInput(now)}
                  value={other}
                  onInput={({ currentTarget }) => {
                    setOther(currentTarget.value);
                    setProblem(null);
                  }}
                />
              )}
            </Field>
            <button type="submit" class="button" disabled={working}>
              {texts.set}
            </button>
          </form>
        </details>
      </fieldset>
      <Field label={texts.note} hint={texts.noteHint}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="text"
            dir="auto"
            maxLength={longestNote}
            autocomplete="off"
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      </Field>
      {busy && note.trim() !== (me.busyNote ?? "") && (
        <button
          type="button"
          class="button"
          disabled={working}
          onClick={() => setBusy(me.busyUntil === null ? null : Date.parse(me.busyUntil))}
        >
          {texts.saveNote}
        </button>
      )}
    </Dialog>
  );
};
