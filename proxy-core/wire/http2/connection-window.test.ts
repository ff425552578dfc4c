import { describe, expect, it } from 'vitest';
import { CONNECTION_WINDOW, ConnectionWindow } from './connection-window.ts';

const MB = 1024 * 1024;

function made() {
  const updates: number[] = [];
  const window = new ConnectionWindow((increment) => updates.push(increment));
  return {
    window,
    updates,
    /** Comes, and is read at once or held. */
    come: (octets: number, held = false) => {
      window.arrived(octets);
      if (held) window.holds(octets);
      window.dealtWith(octets);
    },
  };
}

describe('the window of a connection', () => {
  it('is opened again when half of it is used', () => {
    const { come, updates } = made();
    for (let i = 0; i < 7; i += 1) come(MB);
    expect(updates).toEqual([]);
    come(MB);
    expect(updates).toEqual([8 * MB]);
    for (let i = 0; i < 100; i += 1) come(MB);
    expect(updates.reduce((sum, increment) => sum + increment, 0)).toBe(104 * MB);
  });

  it('is not to be exceeded', () => {
    const { window } = made();
    window.arrived(CONNECTION_WINDOW);
    expect(() => window.arrived(1)).toThrow(expect.objectContaining({ code: 3 }));
  });
});

describe('what paused streams hold', () => {
  it('opens the window all the same, while it is little', () => {
    const { come, updates } = made();
    for (let i = 0; i < 8; i += 1) come(MB, true);
    expect(updates).toEqual([8 * MB]);
  });

  it('opens it no more when it is much, and again when it is read', () => {
    const { window, come, updates } = made();
    for (let i = 0; i < 24; i += 1) come(MB, true);
    expect(updates).toEqual([8 * MB]);
    // 8 MB of it are free, and the peer has used up the rest.
    expect(() => window.arrived(1)).toThrow();
    window.released(10 * MB);
    expect(updates).toEqual([8 * MB, 10 * MB]);
    window.released(14 * MB);
    expect(updates).toEqual([8 * MB, 10 * MB]);
  });

  it('slows only itself: what others read is counted as ever', () => {
    const { come, updates } = made();
    for (let i = 0; i < 12; i += 1) come(MB, true);
    for (let i = 0; i < 8; i += 1) come(MB);
    expect(updates).toEqual([8 * MB, 8 * MB]);
  });
});
