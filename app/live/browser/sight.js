// What a reader sees of a change: they stay where they read, and what is new is marked for a moment.

import { isInline } from "./twin.js";

const MARKS = 40; // how many blocks are marked at most
const TINT = "color-mix(in srgb, #f5c518 32%, transparent)";
const STEP = 24; // pixels between the lines in which the window is looked at

// What is in the window, the first whole block first, each with its place; nothing at the very top of a page.
export function reading() {
  if (!scrollY) return [];
  const found = new Set();
  for (let y = 1; y < innerHeight; y += STEP) found.add(document.elementFromPoint(innerWidth / 2, y));
  const blocks = [...found].filter((one) => one && document.body.contains(one) && one.childElementCount < 8);
  return blocks.map((one) => [one, one.getBoundingClientRect().top]).sort(([, a], [, b]) => (a < 0) - (b < 0));
}

// Scrolls so that the first of these that is still there, and is the same, is where it was.
export function readOn(places, changed) {
  const left = places.filter(([one]) => one.isConnected);
  const [one, top] = left.find(([one]) => !changed.has(one)) ?? left[0] ?? [];
  const moved = one ? one.getBoundingClientRect().top - top : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

// Marks the smallest blocks in which something is new, and answers them.
export function mark(changed) {
  const blocks = [...new Set([...changed].map(block))].filter((one) => one?.getClientRects().length);
  const smallest = blocks.filter((one) => !blocks.some((other) => other !== one && one.contains(other)));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const timing = still ? { duration: 1000, easing: "step-end" } : { duration: 1600, easing: "ease-in" };
  for (const one of smallest.slice(0, MARKS)) one.animate([{ offset: 0, backgroundColor: TINT, boxShadow: `0 0 0 0.3rem ${TINT}` }], timing);
  return smallest;
}

function block(element) {
  while (element && isInline(element)) element = element.parentElement;
  return element !== document.body && document.body.contains(element) ? element : null;
}
