import type { ComponentChildren, Ref } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LogRow } from "./log-row.ts";
import { offsetsOf, rowAt, windowOf } from "./window-of.ts";

/** What the surroundings may ask of the list. */
export interface LogControl {
  /** Goes to the end and stays there while rows are added. */
  readonly toEnd: () => void;
  /** Brings a row into view. False: there is no such row. */
  readonly toRow: (key: string) => boolean;
}

export interface VirtualLogProps<Row extends LogRow> {
  readonly rows: readonly Row[];
  readonly label: string;
  readonly draw: (row: Row) => ComponentChildren;
  readonly control: Ref<LogControl>;
  /** The row to begin at; null: at the end. */
  readonly beginAt: string | null;
  /** Called when the top of what is there comes near. */
  readonly onNearTop: () => void;
  /** Called with the last row that can be seen, and whether that is the end. */
  readonly onSeen: (last: Row, atEnd: boolean) => void;
}

/** What is drawn beyond the edges of the screen, in pixels: what a flick of the finger uncovers before the next frame. */
const margin = 600;
/** How near the end counts as the end. */
const endSlack = 24;
/** Where a row that was asked for comes to stand, from the top, as a part of the height. */
const targetPart = 0.3;

/**
 * A list of any length of which only what is near the screen is in the page. Heights are measured, never set; whatever changes
 * above the first visible row, that row stays where it is, and at the end the list stays at the end.
 */
export const VirtualLog = <Row extends LogRow>(props: VirtualLogProps<Row>) => {
  const { rows, label, draw, control, beginAt, onNearTop, onSeen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const elements = useRef(new Map<string, HTMLElement>());
  /** The row that must not move, and how far its top is above the top of the screen. Null: stay at the end. */
  const anchor = useRef<{ readonly key: string; readonly delta: number } | null>(
    beginAt === null ? null : { key: beginAt, delta: Number.NaN },
  );
  const [view, setView] = useState({ top: 0, height: 800 });
  const [, setMeasured] = useState(0);

  const offsets = offsetsOf(rows.length, (index) => {
    const row = rows[index] as Row;
    return heights.current.get(row.key) ?? row.estimate;
  });
  const total = offsets[rows.length] ?? 0;
  const indexOf = (key: string): number => rows.findIndex((row) => row.key === key);

  const topFor = (): number => {
    const held = anchor.current;
    const index = held === null ? -1 : indexOf(held.key);
    if (held === null || index === -1) return Math.max(0, total - view.height);
    const delta = Number.isNaN(held.delta) ? -view.height * targetPart : held.delta;
    return Math.max(0, (offsets[index] ?? 0) + delta);
  };

  const top = topFor();
  const shown = windowOf(offsets, top, view.height, margin);

  const hold = (element: HTMLElement): void => {
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - endSlack;
    const index = rowAt(offsets, element.scrollTop);
    const found = rows.slice(index, index + 20).findIndex(({ landmark }) => landmark);
    const held = found === -1 ? index : index + found;
    const row = rows[held];
    anchor.current =
      atEnd || row === undefined ? null : { key: row.key, delta: element.scrollTop - (offsets[held] ?? 0) };
  };

  const report = (element: HTMLElement): void => {
    if (rows.length === 0) return;
    const bottom = element.scrollTop + element.clientHeight;
    const last = rows[rowAt(offsets, bottom - 8)];
    if (last !== undefined) onSeen(last, bottom >= element.scrollHeight - endSlack);
    if (element.scrollTop < margin) onNearTop();
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let changed = false;
    for (const [key, drawn] of elements.current) {
      const height = drawn.getBoundingClientRect().height;
      if (Math.abs((heights.current.get(key) ?? -1) - height) < 0.5) continue;
      heights.current.set(key, height);
      changed = true;
    }
    const wanted = anchor.current === null ? element.scrollHeight - element.clientHeight : top;
    if (Math.abs(element.scrollTop - wanted) > 1) element.scrollTop = wanted;
    if (changed) setMeasured((count) => count + 1);
    else report(element);
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setView((before) =>
        before.height === element.clientHeight ? before : { ...before, height: element.clientHeight },
      );
      setMeasured((count) => count + 1);
    });
    observer.observe(element);
    // What is inside grows when a picture of letters comes late, a box is unfolded or the window gets narrower.
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  useImperativeHandle(control, () => ({
    toEnd: () => {
      anchor.current = null;
      setMeasured((count) => count + 1);
    },
    toRow: (key) => {
      if (indexOf(key) === -1) return false;
      anchor.current = { key, delta: Number.NaN };
      setMeasured((count) => count + 1);
      return true;
    },
  }));

  return (
    <div
      ref={scroller}
      class="log"
      role="log"
      aria-label={label}
      // What is new is announced in sentences of its own; rows that scrolling brings into the page are not news.
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        hold(currentTarget);
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight });
      }}
    >
      <div class="log-rows" style={{ paddingTop: `${shown.before}px`, paddingBottom: `${shown.after}px` }}>
        {rows.slice(shown.first, shown.end).map((row) => (
          <div
            key={row.key}
            class="log-row"
            ref={(element) => {
              if (element === null) elements.current.delete(row.key);
              else elements.current.set(row.key, element);
            }}
          >
            {draw(row)}
          </div>
        ))}
      </div>
    </div>
  );
};
