import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../texts/texts.ts";

/** What stands in a component's place as long as its code is not there, or could not be had. */
export interface WaitingProps {
  readonly failed: boolean;
}

const rest: (() => Promise<void>)[] = [];

/** Loads what has not been shown yet, one after the other, so that it is there when the connection is not. */
export const loadRest = async (): Promise<void> => {
  for (const load of rest) await load().catch(() => undefined);
};

/** A component whose code is loaded when it is first shown, or by {@link loadRest}, so that the first start is short. */
export const lazy = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType<WaitingProps>,
): ComponentType<Props> => {
  let loaded: ComponentType<Props> | null = null;
  const loadOnce = async (): Promise<void> => {
    loaded ??= await load();
  };
  rest.push(loadOnce);
  return (props) => {
    const [, setTurn] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded !== null) return;
      loadOnce().then(
        () => setTurn((turn) => turn + 1),
        () => setFailed(true),
      );
    }, []);
    if (loaded === null) return <Waiting failed={failed} />;
    const Component = loaded;
    return <Component {...props} />;
  };
};

const ScreenWaiting = ({ failed }: WaitingProps) => (
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

/** The same for a whole screen. */
export const lazyScreen = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> =>
  lazy(load, ScreenWaiting);
