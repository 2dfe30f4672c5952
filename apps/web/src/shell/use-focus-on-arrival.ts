import { useEffect, useRef } from "preact/hooks";

/**
 * Moves the focus to the heading of a screen that has just been opened, so that a screen reader says where one is and the keyboard
 * goes on from there. What the page opens with is left alone, since the browser reads out a page that was loaded itself. Returns the
 * ref for the element with the heading.
 *
 * @param ready is the heading there, and the screen's own?
 */
export const useFocusOnArrival = (ready = true) => {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!ready || !navigator.userActivation.hasBeenActive) return;
    element.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [ready]);
  return element;
};
