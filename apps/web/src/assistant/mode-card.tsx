import type { StandInMode } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { person } from "../chat/conversations.ts";
import { Field } from "../design/field.tsx";
import { CloseIcon } from "../design/icons.tsx";
import { t } from "../texts/texts.ts";
import type { CardProps } from "./card-props.ts";
import { modes } from "./modes.ts";
import { PersonPicker } from "./person-picker.tsx";

const longestNotice = 500;

/** People of the rules of whom nothing is known here are in the directory. */
const useNames = (ids: readonly string[]): void => {
  const [asked, setAsked] = useState(false);
  const missing = ids.some((id) => person(id) === undefined);
  useEffect(() => {
    if (!missing || asked) return;
    setAsked(true);
    client.listUsers({ limit: 1_000 }).catch(() => undefined);
  }, [missing, asked]);
};

/** What the assistant does, for whom. */
export const ModeCard = ({ settings, change }: CardProps) => {
  const { mode, newPeople, people, noticeText } = settings;
  const texts = t().assistant;
  const ids = Object.keys(people);
  useNames(ids);

  const setRule = (id: string, next: StandInMode | null): void => {
    const { [id]: _, ...others } = people;
    change({ people: next === null ? others : { ...people, [id]: { mode: next } } });
  };
  const toMode = (value: string): StandInMode | null => modes.find((one) => one === value) ?? null;

  return (
    <div class="card">
      <fieldset class="stack">
        <legend class="card-title">{texts.modeTitle}</legend>
        {modes.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="mode" checked={mode === one} onChange={() => change({ mode: one })} />
            <strong>{texts.modes[one]}</strong>
            <span class="hint">{texts.modeHints[one]}</span>
          </label>
        ))}
      </fieldset>
      <Field label={texts.newPeople}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={newPeople ?? ""}
            onChange={({ currentTarget }) => change({ newPeople: toMode(currentTarget.value) })}
          >
            <option value="">{texts.same}</option>
            {modes.map((one) => (
              <option key={one} value={one}>
                {texts.modes[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset class="stack">
        <legend class="legend">{texts.people}</legend>
        <p class="hint">{ids.length === 0 ? texts.peopleNone : texts.peopleHint}</p>
        {ids.map((id) => {
          const name = person(id)?.username ?? t().common.deleted;
          return (
            <div key={id} class="rule">
              <select
                class="input"
                aria-label={texts.forPerson(name)}
                value={people[id]?.mode}
                onChange={({ currentTarget }) => setRule(id, toMode(currentTarget.value))}
              >
                {modes.map((one) => (
                  <option key={one} value={one}>
                    {texts.modes[one]}
                  </option>
                ))}
              </select>
              <span dir="auto">{name}</span>
              <button
                type="button"
                class="button quiet icon"
                aria-label={texts.remove(name)}
                onClick={() => setRule(id, null)}
              >
                <CloseIcon size={18} />
              </button>
            </div>
          );
        })}
        <PersonPicker
          label={texts.peopleAdd}
          without={new Set(ids)}
          onPick={({ id }) => setRule(id, mode === "off" ? "answer" : "off")}
        />
      </fieldset>
      <Field label={texts.noticeTitle} hint={texts.noticeHint}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            dir="auto"
            rows={2}
            maxLength={longestNotice}
            value={noticeText ?? ""}
            onInput={({ currentTarget: { value } }) => change({ noticeText: value === "" ? null : value })}
          />
        )}
      </Field>
    </div>
  );
};
