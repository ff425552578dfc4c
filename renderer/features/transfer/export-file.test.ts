import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExportProgress } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { toastManager } from '../../ui/toast.ts';
import { exportFile, exportName } from './export-file.ts';

let said: object[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(toastManager, 'add').mockImplementation((options) => {
    said.push(options);
    return 'id';
  });
  vi.spyOn(toastManager, 'update').mockImplementation((_id, options) => void said.push(options as object));
  vi.spyOn(toastManager, 'close').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** A host that prepares `total` sessions and then says what it is told to say. */
function hostWith(total: number, ...progress: (ExportProgress | SluiceError)[]) {
  const asked: unknown[] = [];
  const rpc = {
    call: async (name: string, params: unknown) => {
      asked.push([name, params]);
      return { id: 'job-1', total };
    },
    watch: (_name: string, _params: unknown, handlers: Record<string, (value?: unknown) => void>) => {
      for (const one of progress) {
        if (one instanceof SluiceError) return handlers.error?.(one);
        handlers.item?.(one);
      }
      handlers.end?.();
      return () => {};
    },
  } as unknown as RpcClient;
  return { rpc, asked };
}

describe('exporting a HAR', () => {
  it('lets the browser download the job, follows it, and says how many sessions went', async () => {
    const { rpc, asked } = hostWith(
      3,
      { state: 'waiting', written: 0, total: 3 },
      { state: 'running', written: 1, total: 3 },
      { state: 'done', written: 3, total: 3 },
    );
    const download = vi.fn();
    await exportFile(rpc, { filter: 'host:a' }, 'shop.har', download);
    expect(asked).toEqual([['exports.start', { filter: 'host:a' }]]);
    expect(download).toHaveBeenCalledExactlyOnceWith('/api/export?job=job-1&download=shop.har');
    expect(said).toMatchObject([
      { title: 'Exporting 3 sessions' },
      { data: { progress: 1 / 3 }, description: '1 of 3' },
      {
        title: '3 sessions exported',
        type: 'ok',
        description: expect.stringMatching(/^shop\.har holds cookies/),
      },
    ]);
  });

  it('says what the format could not hold', async () => {
    const losses = {
      sessions: 3,
      lossy: 1,
      counts: [{ what: 'frames', count: 1 }],
      losses: [{ session: 2, what: 'frames' }],
    };
    const { rpc, asked } = hostWith(3, { state: 'done', written: 3, total: 3, losses });
    await exportFile(rpc, { filter: '', format: 'saz', password: 'geheim' }, 'a.saz', () => {});
    expect(asked).toEqual([['exports.start', { filter: '', format: 'saz', password: 'geheim' }]]);
    expect(said.at(-1)).toMatchObject({
      description: expect.stringMatching(/^1 session lost something\./),
      actionProps: { children: 'Details' },
    });
  });

  it('begins nothing when there is nothing', async () => {
    const download = vi.fn();
    await exportFile(hostWith(0).rpc, { filter: 'x' }, 'a.har', download);
    expect(download).not.toHaveBeenCalled();
    expect(said).toMatchObject([{ title: 'There is nothing to export.' }]);
  });

  it('passes stopping on to the host', async () => {
    const { rpc, asked } = hostWith(2, { state: 'cancelled', written: 1, total: 2 });
    await exportFile(rpc, { ids: [1, 2] }, 'a.har', () => {
      const [running] = said as [{ actionProps: { onClick(): void } }];
      running.actionProps.onClick();
    });
    expect(asked.at(-1)).toEqual(['exports.cancel', { id: 'job-1' }]);
    expect(said.at(-1)).toMatchObject({ title: expect.stringContaining('not complete'), type: 'info' });
  });

  it('says why it failed, also when the connection went', async () => {
    await exportFile(
      hostWith(2, { state: 'failed', written: 1, total: 2, problem: 'The disk is gone.' }).rpc,
      { filter: '' },
      'a.har',
      () => {},
    );
    expect(said.at(-1)).toMatchObject({ type: 'err', description: 'The disk is gone.' });
    await exportFile(
      hostWith(2, new SluiceError('connection-lost', 'Lost.')).rpc,
      { filter: '' },
      'a',
      () => {},
    );
    expect(said.at(-1)).toMatchObject({ type: 'err', description: 'Lost.' });
  });
});

it('names the file after the capture', () => {
  expect(exportName('/data/captures/2026-11-24_08-32-27.sluice')).toBe('2026-11-24_08-32-27.har');
  expect(exportName('C:\\captures\\shop.sluice')).toBe('shop.har');
  expect(exportName('')).toBe('sluice.har');
  expect(exportName('/a/shop.sluice', '.saz')).toBe('shop.saz');
});
