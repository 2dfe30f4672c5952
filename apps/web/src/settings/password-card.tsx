import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { Field } from "../design/field.tsx";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

const shortest = 8;

/** Another password. The other devices are signed out with it. */
export const PasswordCard = ({ email }: { readonly email: string }) => {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [problem, setProblem] = useState<{ readonly current?: string; readonly next?: string }>({});
  const [working, setWorking] = useState(false);
  const texts = t().settings;

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (current === "") return setProblem({ current: t().signIn.needPassword });
    if (new TextEncoder().encode(next).length < shortest) return setProblem({ next: t().signIn.shortPassword });
    setWorking(true);
    setProblem({});
    try {
      await client.changePassword({ current, next });
      setCurrent("");
      setNext("");
      toast(texts.changed);
    } catch (error) {
      const { code } = error as { readonly code?: string };
      setProblem(code === "INVALID_CREDENTIALS" ? { current: texts.wrongPassword } : { next: sentenceFor(error) });
    } finally {
      setWorking(false);
    }
  };

  return (
    <form class="card" onSubmit={submit} noValidate aria-labelledby="password">
      <h2 id="password">{texts.password}</h2>
      {/* For password managers, which want to know whose password it is. */}
      <input type="text" name="username" autocomplete="username" value={email} readOnly hidden />
      <Field label={texts.current} problem={problem.current ?? null}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="password"
            autocomplete="current-password"
            value={current}
            onInput={({ currentTarget }) => setCurrent(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={texts.next} hint={t().signIn.passwordHint} problem={problem.next ?? null}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="password"
            autocomplete="new-password"
            value={next}
            onInput={({ currentTarget }) => setNext(currentTarget.value)}
          />
        )}
      </Field>
      <div class="row end">
        <button type="submit" class="button" disabled={working}>
          {texts.change}
        </button>
      </div>
    </form>
  );
};
