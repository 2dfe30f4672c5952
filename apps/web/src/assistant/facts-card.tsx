import type { StandInSettings } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { person } from "../chat/conversations.ts";
import { Field } from "../design/field.tsx";
import { CloseIcon } from "../design/icons.tsx";
import { toLocalInput } from "../status/end-times.ts";
import { t } from "../texts/texts.ts";
import type { CardProps } from "./card-props.ts";
import { linksOf } from "./links-of.ts";
import { PersonPicker } from "./person-picker.tsx";

const longestFacts = 1_000;

/** What the assistant may tell of its owner. */
export const FactsCard = ({ settings, change }: CardProps) => {
  const { facts, shareUntil } = settings;
  const [links, setLinks] = useState(facts.links.join("\n"));
  const texts = t().assistant;
  // The server's may have changed; what is typed here is the same list, perhaps in other lines.
  useEffect(() => {
    if ((linksOf(links) ?? links.split("\n")).join("\n") !== facts.links.join("\n")) setLinks(facts.links.join("\n"));
  }, [facts.links]);
  const set = (part: Partial<StandInSettings["facts"]>): void => change({ facts: { ...facts, ...part } });
  const delegate = facts.delegate === null ? null : (person(facts.delegate)?.username ?? t().common.deleted);

  return (
    <fieldset class="card">
      <legend class="card-title">{texts.factsTitle}</legend>
      <p class="hint">{texts.factsHint}</p>
      <Field label={texts.factsText} hint={texts.factsTextHint}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            dir="auto"
            rows={4}
            maxLength={longestFacts}
            value={facts.text ?? ""}
            onInput={({ currentTarget: { value } }) => set({ text: value === "" ? null : value })}
          />
        )}
      </Field>
      <Field label={texts.backAt}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="datetime-local"
            value={facts.backAt === null ? "" : toLocalInput(Date.parse(facts.backAt))}
            onChange={({ currentTarget: { value } }) =>
              set({ backAt: value === "" ? null : new Date(value).toISOString() })
            }
          />
        )}
      </Field>
      {delegate === null ? (
        <PersonPicker label={texts.delegate} without={new Set()} onPick={({ id }) => set({ delegate: id })} />
      ) : (
        <div class="field">
          <span class="legend">{texts.delegate}</span>
          <div class="rule">
            <span dir="auto">{delegate}</span>
            <button
              type="button"
              class="button quiet icon"
              aria-label={`${texts.delegate}: ${texts.delegateNone}`}
              onClick={() => set({ delegate: null })}
            >
              <CloseIcon size={18} />
            </button>
          </div>
        </div>
      )}
      <Field label={texts.links} hint={texts.linksHint} problem={linksOf(links) === null ? texts.linksWrong : null}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            dir="ltr"
            rows={2}
            spellcheck={false}
            value={links}
            onInput={({ currentTarget: { value } }) => {
              setLinks(value);
              // What is wrong is held as it is, so that it cannot be saved as if it were something else.
              set({ links: [...(linksOf(value) ?? value.split("\n"))] });
            }}
          />
        )}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={shareUntil}
          onChange={({ currentTarget }) => change({ shareUntil: currentTarget.checked })}
        />
        <span>{texts.shareUntil}</span>
      </label>
    </fieldset>
  );
};
