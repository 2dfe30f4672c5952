import { signal } from "@preact/signals";
import { useState } from "preact/hooks";

const spoken = signal<{ readonly text: string; readonly turn: number }>({ text: "", turn: 0 });

/** Has assistive technology read a sentence out at the next pause. */
export const announce = (text: string): void => {
  spoken.value = { text, turn: spoken.value.turn + 1 };
};

/**
 * Where announcements live, in the page and in each open dialog: there before the first of them, and without those that were made
 * before it was there.
 */
export const Announcer = () => {
  const [before] = useState(() => spoken.peek().turn);
  const { text, turn } = spoken.value;
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {/* Another element each time, so that the same sentence twice is read twice. */}
      <span key={turn}>{turn !== before && text}</span>
    </div>
  );
};
