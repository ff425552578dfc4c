import { describe, expect, it } from 'vitest';
import type { StoreChange, StoreTotals } from '#store/capture-store.ts';
import { totalsWith } from '#store/testing.ts';
import { startStatusMeter } from './status.ts';

const LOSSES = {
  droppedSessions: 1,
  droppedBodies: 2,
  droppedBytes: 3,
  missed: 4,
  paused: 'The disk is full.',
};
const FIGURES = { sessions: 3, active: 1, decrypted: 2, findings: 4, diskBytes: 500 };
const TOTALS = totalsWith({ ...FIGURES, losses: LOSSES, retention: { keepLast: 9 } });
const CHECKS = { waiting: 7, behindMs: 20, checked: 1, partial: 0, failed: [] };

function meter(begun: () => number = () => 0) {
  let listener: (change: StoreChange) => void = () => undefined;
  let subscribed = true;
  const store = {
    onChange: (given: typeof listener) => {
      listener = given;
      return {
        [Symbol.dispose]: () => {
          subscribed = false;
        },
      };
    },
  };
  const status = startStatusMeter({ store, totals: TOTALS, begun, checks: () => CHECKS });
  const change = (totals: StoreTotals) =>
    listener({ changed: [], ended: [], removed: false, findings: false, totals });
  return { status, change, subscribed: () => subscribed };
}

describe('the status', () => {
  it('knows what room is left, once it has been told', async () => {
    const store = { onChange: () => ({ [Symbol.dispose]: () => undefined }) };
    const options = { store, totals: TOTALS, begun: () => 0, checks: () => CHECKS };
    using status = startStatusMeter({ ...options, free: async () => 1234 });
    expect(status.now()).not.toHaveProperty('freeBytes');
    await Promise.resolve();
    expect(status.now().freeBytes).toBe(1234);
    using silent = startStatusMeter({ ...options, free: () => Promise.reject(new Error('no')) });
    await Promise.resolve();
    expect(silent.now()).not.toHaveProperty('freeBytes');
  });

  it('begins with what the capture held, and follows it', () => {
    const { status, change } = meter();
    using _ = status;
    const { sessions, active, decrypted, findings, diskBytes } = status.now();
    expect({ sessions, active, decrypted, findings, diskBytes }).toEqual(FIGURES);
    const { version } = status.changes;
    change({ ...TOTALS, sessions: 9, diskBytes: 600 });
    expect(status.now()).toMatchObject({ sessions: 9, diskBytes: 600, perSecond: 0 });
    expect(status.changes.version).toBe(version + 1);
  });

  it('tells what the capture keeps and lacks, and why it records nothing', () => {
    const { status, change } = meter();
    using _ = status;
    expect(status.now()).toMatchObject({ losses: LOSSES, retention: { keepLast: 9 } });
    change({ ...TOTALS, losses: { ...LOSSES, missed: 5 } });
    expect(status.now().losses.missed).toBe(5);
  });

  it('tells how the checks keep up, and what memory the program takes', () => {
    using status = meter().status;
    expect(status.now().checks).toEqual(CHECKS);
    expect(status.now().memoryBytes).toBeGreaterThan(10_000_000);
  });

  it('switches capturing, and says so at once', () => {
    using status = meter().status;
    expect([status.capturing, status.now().capturing]).toEqual([true, true]);
    const { version } = status.changes;
    status.setCapturing(false);
    expect([status.capturing, status.now().capturing]).toEqual([false, false]);
    expect(status.changes.version).toBe(version + 1);
  });

  it('measures the rate over the last seconds, and rings as it does', async () => {
    let begun = 0;
    const { status } = meter(() => begun);
    using _ = status;
    begun = 12;
    const { version } = status.changes;
    await status.changes.after(version, new AbortController().signal);
    expect(status.now().perSecond).toBe(12);
    await status.changes.after(status.changes.version, new AbortController().signal);
    expect(status.now().perSecond).toBe(6);
  });

  it('lets go of the store and its clock when it ends', () => {
    const { status, subscribed } = meter();
    status[Symbol.dispose]();
    expect(subscribed()).toBe(false);
  });
});
