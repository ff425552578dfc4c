import { afterEach, expect, it, vi } from 'vitest';
import { focusedElement, focusNow, focusSoon } from './focus.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page where the element comes after some drawings, and may refuse the focus at first. */
function page(appearsAfter: number, takesFocusAfter: number) {
  let drawn = 0;
  const asked: FrameRequestCallback[] = [];
  const document = {
    activeElement: null as unknown,
    querySelector: (_: string) => (drawn >= appearsAfter ? element : null),
  };
  const element = {
    focus() {
      if (drawn >= takesFocusAfter) document.activeElement = element;
    },
  };
  vi.stubGlobal('document', document);
  vi.stubGlobal('requestAnimationFrame', (next: FrameRequestCallback) => asked.push(next));
  const draw = () => {
    drawn += 1;
    for (const next of asked.splice(0)) next(0);
    return asked.length;
  };
  return { focused: () => document.activeElement === element, draw };
}

it('focuses what is there at once', () => {
  const { focused, draw } = page(0, 0);
  focusSoon('#a');
  expect(focused()).toBe(true);
  expect(draw()).toBe(0);
});

it('waits for what appears, and for when it can take the focus', () => {
  const { focused, draw } = page(2, 4);
  focusSoon('#a');
  expect([draw(), focused(), draw(), draw(), focused()]).toEqual([1, false, 1, 1, false]);
  expect([draw(), focused()]).toEqual([0, true]);
});

it('gives up on what never comes', () => {
  const { focused, draw } = page(1000, 1000);
  focusSoon('#a', 3);
  expect([draw(), draw(), draw(), draw()]).toEqual([1, 1, 0, 0]);
  expect(focused()).toBe(false);
});

it('focuses an element as it is attached, and nothing when it goes', () => {
  const focus = vi.fn();
  focusNow({ focus } as unknown as HTMLElement);
  focusNow(null);
  expect(focus).toHaveBeenCalledTimes(1);
});

it('tells what has the focus, when it is something that can have it again', () => {
  class FakeElement {}
  vi.stubGlobal('HTMLElement', FakeElement);
  const element = new FakeElement();
  vi.stubGlobal('document', { activeElement: element });
  expect(focusedElement()).toBe(element);
  vi.stubGlobal('document', { activeElement: null });
  expect(focusedElement()).toBeNull();
});
