import { expect, it } from 'vitest';
import type { ExportProgress } from '#model/contract/contract.ts';
import type { Exports } from '../exports.ts';
import type { Services } from '../services.ts';
import { exportsHandlers } from './exports.ts';

it('passes on what windows ask of their exports', async () => {
  const asked: unknown[] = [];
  const done: ExportProgress = { state: 'done', written: 2, total: 2 };
  const exports: Exports = {
    async start(selection) {
      asked.push(selection);
      return { id: 'a', total: 2 };
    },
    take: () => expect.unreachable('files go by HTTP'),
    async *watch(id) {
      asked.push(id);
      yield done;
    },
    cancel(id) {
      asked.push(id);
    },
  };
  const handlers = exportsHandlers({ exports } as Services);
  expect(await handlers['exports.start']({ filter: 'host:a' })).toEqual({ id: 'a', total: 2 });
  const seen: ExportProgress[] = [];
  for await (const item of handlers['exports.watch']({ id: 'b' }, new AbortController().signal))
    seen.push(item);
  expect(await handlers['exports.cancel']({ id: 'c' })).toEqual({});
  expect([asked, seen]).toEqual([[{ filter: 'host:a' }, 'b', 'c'], [done]]);
});
