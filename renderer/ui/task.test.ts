import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTask } from './task.ts';
import { toastManager } from './toast.ts';

/** What the manager was told, in order; it draws nothing without a window. */
let told: unknown[][] = [];
beforeEach(() => {
  told = [];
  let toasts = 0;
  vi.spyOn(toastManager, 'add').mockImplementation((options) => {
    told.push(['add', options]);
    toasts += 1;
    return `toast ${toasts}`;
  });
  vi.spyOn(toastManager, 'update').mockImplementation((...args) => void told.push(['update', ...args]));
  vi.spyOn(toastManager, 'close').mockImplementation((...args) => void told.push(['close', ...args]));
});
afterEach(() => vi.restoreAllMocks());

describe('a task', () => {
  it('stays while it runs, shows how far it is, and ends with what came of it', () => {
    const task = startTask('Importing a.har');
    task.progress(0.5, 'half');
    task.done('2 sessions imported', { detail: 'all of them' });
    expect(told).toMatchObject([
      ['add', { title: 'Importing a.har', timeout: 0, data: { progress: null } }],
      ['update', 'toast 1', { data: { progress: 0.5 }, description: 'half' }],
      ['close', 'toast 1'],
      ['add', { title: '2 sessions imported', type: 'ok', description: 'all of them' }],
    ]);
    expect(task.signal.aborted).toBe(false);
  });

  it('is stopped by its button', () => {
    const task = startTask('Exporting');
    const [[, added]] = told as [[string, { actionProps: { children: string; onClick(): void } }]];
    expect(added.actionProps.children).toBe('Cancel');
    added.actionProps.onClick();
    expect(task.signal.aborted).toBe(true);
    task.close();
    expect(told.at(-1)).toEqual(['close', 'toast 1']);
  });

  it('fails with a sentence that is announced at once', () => {
    startTask('Importing').fail('Not imported', 'Entry 3 is no entry.');
    expect(told.at(-1)).toMatchObject([
      'add',
      { title: 'Not imported', description: 'Entry 3 is no entry.', type: 'err', priority: 'high' },
    ]);
  });
});
