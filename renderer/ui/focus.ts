/** Moving the focus to what is only about to appear, as when an action changes the view first. */

/** Drawings to wait for it. */
const FRAMES = 60;

/** Focuses the element that the selector finds, waiting for it if need be. */
export function focusSoon(selector: string, frames = FRAMES): void {
  const element = document.querySelector<HTMLElement>(selector);
  // Behind a dialog that is closing, an element cannot take the focus yet.
  element?.focus();
  if (element && document.activeElement === element) return;
  if (frames > 0) requestAnimationFrame(() => focusSoon(selector, frames - 1));
}

/** As a `ref`: the element has the focus as soon as it is there, so that not even the first letter typed is lost. */
export const focusNow = (element: HTMLElement | null): void => element?.focus();

/** What has the focus now, to be given it back later. */
export const focusedElement = (): HTMLElement | null =>
  document.activeElement instanceof HTMLElement ? document.activeElement : null;
