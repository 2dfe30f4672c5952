import { signal } from "@preact/signals";

const spoken = signal<{ readonly text: string; readonly turn: number }>({ text: "", turn: 0 });

/** Has assistive technology read a sentence out at the next pause. */
export const announce = (text: string): void => {
  spoken.value = { text, turn: spoken.value.turn + 1 };
};

/** Where announcements live; once in the page, and there before the first of them. */
export const Announcer = () => (
  <div class="visually-hidden" role="status" aria-live="polite">
    {/* Another element each time, so that the same sentence twice is read twice. */}
    <span key={spoken.value.turn}>{spoken.value.text}</span>
  </div>
);
