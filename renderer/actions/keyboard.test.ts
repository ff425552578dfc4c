import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useSessions } from '../state/sessions.ts';
import { useView } from '../state/view.ts';
import { fakeApp, selectRows } from '../testing/fake-app.ts';
import { confirm, useConfirmation } from '../ui/confirm.ts';
import { listenToKeys } from './keyboard.ts';

/** An element of the page, by the selectors that find it from itself. */
class Place {
  readonly selectors: readonly string[];
  constructor(...selectors: string[]) {
    this.selectors = selectors;
  }
  closest(wanted: string): Place | null {
    return wanted.split(', ').some((one) => this.selectors.includes(one)) ? this : null;
  }
}
const GRID = new Place('[data-grid-keys]');
const INPUT = new Place();
const DIALOG = new Place('[role=dialog]', '[data-grid-keys]');

let press: (key: string, target: Place, more?: object) => boolean;
let app: ReturnType<typeof fakeApp>;
let stop: () => void;
beforeEach(() => {
  let hear: (event: unknown) => void = () => {};
  vi.stubGlobal('Element', Place);
  vi.stubGlobal('window', {
    addEventListener: (_: string, listener: typeof hear) => {
      hear = listener;
    },
    removeEventListener: () => {
      hear = () => {};
    },
  });
  app = fakeApp();
  stop = listenToKeys(app.app);
  selectRows(0, makeSession({ id: 7 }).session.row);
  // Whether the key was taken.
  press = (key, target, more = {}) => {
    const preventDefault = vi.fn();
    const modifiers = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    hear({ key, target, ...modifiers, preventDefault, ...more });
    return preventDefault.mock.calls.length > 0;
  };
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('keys', () => {
  it('that type something act in the grid alone', () => {
    expect(press('3', INPUT)).toBe(false);
    expect(press('3', GRID)).toBe(true);
    expect(app.asked).toEqual([['sessions.annotate', { ids: [7], mark: 3 }]]);
  });

  it('with Ctrl act everywhere, but not through a dialog; the palette’s close it again', () => {
    expect(press(',', INPUT, { ctrlKey: true })).toBe(true);
    expect(useView.getState().view).toBe('settings');
    expect(press(',', DIALOG, { ctrlKey: true })).toBe(false);
    expect(press('3', DIALOG)).toBe(false);
    expect(press('k', INPUT, { ctrlKey: true })).toBe(true);
    expect(press('3', GRID)).toBe(false);
    expect(press('k', DIALOG, { ctrlKey: true })).toBe(true);
    expect(useView.getState().panel).toBeUndefined();
  });

  it('typed while a dialog is opening are not for the list behind it', () => {
    useSessions.getState().setCommenting([7]);
    expect(press('3', GRID)).toBe(false);
    useSessions.getState().setCommenting(undefined);
    void confirm({ title: 'Sure?', text: '', confirmLabel: 'Yes' });
    expect(press('3', GRID)).toBe(false);
    useConfirmation.getState().answer(false);
    expect(press('3', GRID)).toBe(true);
  });

  it('are left alone when somebody took them, while text is composed, and when listening has ended', () => {
    expect(press('3', GRID, { defaultPrevented: true })).toBe(false);
    expect(press('3', GRID, { isComposing: true })).toBe(false);
    stop();
    expect(press('3', GRID)).toBe(false);
  });
});
