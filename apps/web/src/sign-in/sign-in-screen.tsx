import { useRef, useState } from "preact/hooks";
import { session, signIn, signUp } from "../chat/session.ts";
import { Field } from "../design/field.tsx";
import { WarningIcon } from "../design/icons.tsx";
import { Logo } from "../design/logo.tsx";
import { keep, kept } from "../device/kept.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { type Account, type Problems, problemsOf } from "./problems-of.ts";

type Mode = "in" | "up";

/** The e-mail address of whoever signed in last on this device, so that they need not type it again. */
const lastEmail = "email";

/** Sign-in and sign-up, in the forms that password managers know. */
export const SignInScreen = () => {
  const current = session.value;
  const reason = current.state === "out" ? current.reason : "new";
  const [mode, setMode] = useState<Mode>("in");
  const [account, setAccount] = useState<Account>({ email: kept(lastEmail) ?? "", password: "", username: "" });
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const [visible, setVisible] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const texts = t().signIn;

  const change = (part: Partial<Account>): void => {
    setAccount({ ...account, ...part });
    setProblems({});
  };

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    // A password manager may fill a field in without an event.
    const data = new FormData(form.current ?? undefined);
    const given: Account = {
      email: String(data.get("email") ?? ""),
      password: String(data.get("password") ?? ""),
      username: String(data.get("username") ?? ""),
    };
    setAccount(given);
    const found = problemsOf(given, mode);
    setProblems(found);
    setRefusal(null);
    const first = Object.keys(found)[0];
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setWorking(true);
    try {
      if (mode === "in") await signIn(given);
      else await signUp(given);
      keep(lastEmail, given.email.trim());
    } catch (error) {
      setRefusal(sentenceFor(error));
      setWorking(false);
    }
  };

  const explanation = reason === "new" ? null : texts[reason];
  return (
    <main class="sign-in">
      <div class="sign-in-box">
        <header class="sign-in-head">
          <Logo />
          <div>
            <p class="sign-in-name">Standin</p>
            <p class="muted">{texts.tagline}</p>
          </div>
        </header>
        {explanation !== null && (
          <p class={`note ${reason === "ended" ? "" : "good"}`} role="status">
            {explanation}
          </p>
        )}
        <form class="card" ref={form} onSubmit={submit} noValidate>
          <h1 class="screen-title">{mode === "in" ? texts.titleIn : texts.titleUp}</h1>
          {mode === "up" && (
            <Field label={texts.name} hint={texts.nameHint} problem={problems.username ?? null}>
              {(control) => (
                <input
                  {...control}
                  class="input"
                  name="username"
                  type="text"
                  dir="auto"
                  autocomplete="name"
                  maxLength={50}
                  value={account.username}
                  onInput={({ currentTarget }) => change({ username: currentTarget.value })}
                />
              )}
            </Field>
          )}
          <Field label={texts.email} problem={problems.email ?? null}>
            {(control) => (
              <input
                {...control}
                class="input"
                name="email"
                type="email"
                autocomplete="username"
                inputMode="email"
                autocapitalize="none"
                spellcheck={false}
                maxLength={254}
                value={account.email}
                onInput={({ currentTarget }) => change({ email: currentTarget.value })}
              />
            )}
          </Field>
          <div class="password">
            <Field
              label={texts.password}
              hint={mode === "up" ? texts.passwordHint : undefined}
              problem={problems.password ?? null}
            >
              {(control) => (
                <input
                  {...control}
                  class="input"
                  name="password"
                  // The types hold that an input is one or the other for good.
                  type={(visible ? "text" : "password") as "password"}
                  autocomplete={mode === "in" ? "current-password" : "new-password"}
                  autocapitalize="none"
                  spellcheck={false}
                  value={account.password}
                  onInput={({ currentTarget }) => change({ password: currentTarget.value })}
                />
              )}
            </Field>
            <button type="button" class="link-button" aria-pressed={visible} onClick={() => setVisible(!visible)}>
              {visible ? texts.hide : texts.show}
            </button>
          </div>
          <div role="alert">
            {refusal !== null && (
              <p class="note danger">
                <WarningIcon size={18} />
                <span>{refusal}</span>
              </p>
            )}
          </div>
          <button type="submit" class="button primary wide" disabled={working}>
            {working ? texts.working : mode === "in" ? texts.submitIn : texts.submitUp}
          </button>
        </form>
        <button
          type="button"
          class="button quiet wide"
          onClick={() => {
            setMode(mode === "in" ? "up" : "in");
            setProblems({});
            setRefusal(null);
          }}
        >
          {mode === "in" ? texts.toUp : texts.toIn}
        </button>
      </div>
    </main>
  );
};
