import type { StandInMode, User } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { Field } from "../design/field.tsx";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { modes } from "./modes.ts";

/** What one's assistant does for one person, to be changed at once. */
export const PersonRule = ({ user }: { readonly user: User }) => {
  const [mode, setMode] = useState<StandInMode | null | undefined>(undefined);
  const texts = t().assistant;

  useEffect(() => {
    const gone = new AbortController();
    client.standin
      .settings({ signal: gone.signal })
      .then(({ people }) => setMode(people[user.id]?.mode ?? null))
      .catch(() => undefined);
    return () => gone.abort();
  }, [user.id]);

  const change = async (value: string): Promise<void> => {
    const next = modes.find((one) => one === value) ?? null;
    try {
      const { people } = await client.standin.changeSettings({
        people: { [user.id]: next === null ? null : { mode: next } },
      });
      setMode(people[user.id]?.mode ?? null);
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
          disabled={mode === undefined}
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
