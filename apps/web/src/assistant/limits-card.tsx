import { Field } from "../design/field.tsx";
import { t } from "../texts/texts.ts";
import type { CardProps } from "./card-props.ts";

const wholeNumber = (text: string, min: number, max: number): number =>
  Math.min(max, Math.max(min, Math.trunc(Number(text)) || min));

/** How soon and how often the assistant speaks. */
export const LimitsCard = ({ settings, change }: CardProps) => {
  const texts = t().assistant;
  return (
    <fieldset class="card">
      <legend class="card-title">{texts.limitsTitle}</legend>
      <Field label={texts.wait} hint={texts.waitHint}>
        {(control) => (
          <input
            {...control}
            class="input short"
            type="number"
            inputMode="numeric"
            min={0}
            max={600}
            value={settings.waitSeconds}
            onChange={({ currentTarget }) => change({ waitSeconds: wholeNumber(currentTarget.value, 0, 600) })}
          />
        )}
      </Field>
      <Field label={texts.answers} hint={texts.answersHint}>
        {(control) => (
          <input
            {...control}
            class="input short"
            type="number"
            inputMode="numeric"
            min={1}
            max={20}
            value={settings.answersPerPeriod}
            onChange={({ currentTarget }) => change({ answersPerPeriod: wholeNumber(currentTarget.value, 1, 20) })}
          />
        )}
      </Field>
    </fieldset>
  );
};
