import { signal } from "@preact/signals";
import { t } from "../texts/texts.ts";
import { announce } from "./announce.tsx";
import { CloseIcon } from "./icons.tsx";

/** What a toast offers to do. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | null;
}

const toasts = signal<readonly Toast[]>([]);
let count = 0;

const remove = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

/** A short sentence at the edge of the screen. One with an action stays until it is used or closed; others leave after 6 s. */
export const toast = (text: string, action: ToastAction | null = null): void => {
  count += 1;
  const id = count;
  toasts.value = [...toasts.value.filter((other) => other.text !== text).slice(-2), { id, text, action }];
  announce(text);
  if (action === null) setTimeout(() => remove(id), 6_000);
};

/** Removes every toast, as when somebody else uses the page from now on. */
export const clearToasts = (): void => {
  toasts.value = [];
};

/** A part of the page with a name, so that somebody who goes by its parts finds what stays. */
export const Toasts = () =>
  toasts.value.length > 0 && (
    <section class="toasts" aria-label={t().common.notices}>
      {toasts.value.map(({ id, text, action }) => (
        <div class="toast" key={id}>
          <span dir="auto">{text}</span>
          {action !== null && (
            <button
              type="button"
              class="button small"
              onClick={() => {
                remove(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" class="button quiet icon" aria-label={t().common.close} onClick={() => remove(id)}>
            <CloseIcon size={16} />
          </button>
        </div>
      ))}
    </section>
  );
