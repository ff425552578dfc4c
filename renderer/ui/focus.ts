/** Moves the focus to an element that may only appear with the next drawing, as when an action changes the view first. */

/** Drawings to wait for it. */
const FRAMES = 60;

export function focusSoon(selector: string, frames = FRAMES): void {
  const element = document.querySelector<HTMLElement>(selector);
  // Behind a dialog that is closing, an element cannot take the focus yet.
  element?.focus();
  if (element && document.activeElement === element) return;
  if (frames > 0) requestAnimationFrame(() => focusSoon(selector, frames - 1));
}
