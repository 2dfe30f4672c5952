import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../texts/texts.ts";
import { Announcer } from "./announce.tsx";
import { CloseIcon } from "./icons.tsx";
import { Toasts } from "./toast.tsx";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog. The browser's own element keeps the focus inside, closes on Escape, hides the rest from assistive technology and
 * gives the focus back to where it was.
 */
export const Dialog = ({ title, onClose, children }: DialogProps) => {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog is a shortcut; Escape and the button do the same
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="button quiet icon" aria-label={t().common.close} onClick={onClose}>
            <CloseIcon />
          </button>
        </div>
        {children}
      </div>
      {/* Nothing outside of an open dialog can be seen or heard, and what goes wrong in it must be. */}
      <Toasts />
      <Announcer />
    </dialog>
  );
};

export interface ConfirmProps {
  readonly title: string;
  readonly hint: ComponentChildren;
  readonly action: string;
  readonly cancel?: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone, or that others notice. */
export const Confirm = ({ title, hint, action, cancel, danger, onConfirm, onClose }: ConfirmProps) => (
  <Dialog title={title} onClose={onClose}>
    <div class="stack">{hint}</div>
    <div class="row end">
      <button type="button" class="button" onClick={onClose}>
        {cancel ?? t().common.cancel}
      </button>
      <button type="button" class={`button ${danger === true ? "danger" : "primary"}`} onClick={onConfirm}>
        {action}
      </button>
    </div>
  </Dialog>
);
