import { useEffect } from "preact/hooks";
import { session } from "../chat/session.ts";
import { Announcer } from "../design/announce.tsx";
import { Toasts } from "../design/toast.tsx";
import { t } from "../texts/texts.ts";
import { Frame } from "./frame.tsx";
import { lazyScreen } from "./lazy.tsx";

const SignInScreen = lazyScreen(async () => (await import("../sign-in/sign-in-screen.tsx")).SignInScreen);

/** The whole page. */
export const App = () => {
  const { state } = session.value;
  useEffect(() => {
    document.title = "Standin";
  }, [state]);
  return (
    <>
      {state === "starting" && (
        <main class="starting">
          <h1 class="visually-hidden">Standin</h1>
          <p class="muted">{t().common.loading}</p>
        </main>
      )}
      {state === "out" && <SignInScreen />}
      {state === "in" && <Frame />}
      <Toasts />
      <Announcer />
    </>
  );
};
