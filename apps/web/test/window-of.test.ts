import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetsOf, rowAt, windowOf } from "../src/conversation/window-of.ts";

const lists = fc.record({
  heights: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 400 }),
  top: fc.integer({ min: -500, max: 100_000 }),
  height: fc.integer({ min: 1, max: 2_000 }),
  margin: fc.integer({ min: 0, max: 1_000 }),
});

test("everything that can be seen is drawn, and the rest takes exactly its room", () => {
  fc.assert(
    fc.property(lists, ({ heights, top, height, margin }) => {
      const offsets = offsetsOf(heights.length, (index) => heights[index] ?? 0);
      const { first, end, before, after } = windowOf(offsets, top, height, margin);
      const total = heights.reduce((sum, each) => sum + each, 0);
      const drawn = heights.slice(first, end).reduce((sum, each) => sum + each, 0);
      expect(before + drawn + after).toBe(total);
      heights.forEach((each, index) => {
        const begin = offsets[index] ?? 0;
        const isSeen = begin < top + height && begin + each > top;
        if (isSeen) expect(index >= first && index < end, `row ${index}`).toBe(true);
      });
    }),
  );
});

test("of ten thousand rows only those near the screen are drawn", () => {
  const offsets = offsetsOf(10_000, () => 50);
  const { first, end } = windowOf(offsets, 250_000, 800, 600);
  expect([first, end]).toEqual([4_988, 5_029]);
});

test("a point between rows, before the first and behind the last belongs to a row", () => {
  const offsets = offsetsOf(3, () => 10);
  expect([-5, 0, 9.5, 10, 29, 400].map((point) => rowAt(offsets, point))).toEqual([0, 0, 0, 1, 2, 2]);
  expect(
    rowAt(
      offsetsOf(0, () => 10),
      0,
    ),
  ).toBe(-1);
});
