import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../texts/texts.ts";

/** A screen whose code is loaded when it is first opened, so that the first start is short. */
export const lazyScreen = (load: () => Promise<ComponentType>): ComponentType => {
  let loaded: ComponentType | null = null;
  return () => {
    const [, setTurn] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (screen) => {
          loaded = screen;
          setTurn((turn) => turn + 1);
        },
        () => setFailed(true),
      );
    }, []);
    if (loaded !== null) {
      const Screen = loaded;
      return <Screen />;
    }
    return (
      <main class="pane main">
        <div class="empty">
          <h1 class="visually-hidden">Standin</h1>
          <p role="status">{failed ? t().errors.network : t().common.loading}</p>
          {failed && (
            <button type="button" class="button" onClick={() => location.reload()}>
              {t().errors.reload}
            </button>
          )}
        </div>
      </main>
    );
  };
};
