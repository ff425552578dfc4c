import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#store/testing.ts';
import { openPreferences } from '../preferences.ts';
import type { Services } from '../services.ts';
import { preferencesHandlers } from './preferences.ts';

it('tells every window of every choice, its own too', async () => {
  using folder = temporaryFolder();
  const preferences = await openPreferences(join(folder.path, 'p.json'));
  const handlers = preferencesHandlers({ preferences } as Services);
  const stop = new AbortController();
  const windows = [1, 2].map(() => handlers['preferences.watch']({}, stop.signal)[Symbol.asyncIterator]());
  const next = async () =>
    (await Promise.all(windows.map((items) => items.next()))).map(({ value }) => value);
  expect(await next()).toEqual([{}, {}]);
  expect(await handlers['preferences.set']({ name: 'theme', value: 'dark' })).toEqual({});
  expect(await next()).toEqual([{ theme: 'dark' }, { theme: 'dark' }]);
  const ended = next();
  stop.abort();
  expect(await ended).toEqual([undefined, undefined]);
});
