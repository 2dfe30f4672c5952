import type { User } from "@standin/client";
import { useResource } from "../chat/resource.ts";
import { Field } from "../design/field.tsx";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { modes } from "./modes.ts";
import { changeSettings, settings } from "./settings.ts";

/** What one's assistant does for one person, to be changed at once. */
export const PersonRule = ({ user }: { readonly user: User }) => {
  const texts = t().assistant;
  const { value: current } = settings.state;
  const mode = current.state === "here" ? (current.value.people[user.id]?.mode ?? null) : null;
  useResource(settings);

  const change = async (value: string): Promise<void> => {
    const next = modes.find((one) => one === value) ?? null;
    try {
      await changeSettings({ people: { [user.id]: next === null ? null : { mode: next } } });
      toast(t().common.saved);
    } catch (error) {
      toast(sentenceFor(error));
    }
  };

  return (
    <Field label={texts.title} hint={texts.forPerson(user.username)}>
      {(control) => (
        <select
          {...control}
          class="input"
          disabled={current.state !== "here"}
          value={mode ?? ""}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        >
          <option value="">{texts.byRule}</option>
          {modes.map((one) => (
            <option key={one} value={one}>
              {texts.modes[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};
