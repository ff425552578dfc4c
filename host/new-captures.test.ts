import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { record } from '#store/testing.ts';
import { makeCaptures } from './new-captures.ts';
import { inCapture, temporaryFolder } from './testing/captures.ts';

const total = (path: string) => inCapture(path, async (store) => (await store.totals()).sessions);

describe('new captures', { timeout: 90_000 }, () => {
  it('appear when all of them are whole, in folders that are made', async () => {
    using folder = temporaryFolder();
    const [one, two] = [join(folder.path, 'new', 'one.sluice'), join(folder.path, 'two.sluice')];
    await makeCaptures(async (captures) => {
      await captures.add(one, (store) => record(store, makeSession({ id: 1 })));
      expect(readdirSync(join(folder.path, 'new'))).toEqual([expect.stringMatching(/\.part$/)]);
      await captures.add(two, async () => undefined);
    });
    expect([await total(one), await total(two)]).toEqual([1, 0]);
    expect(readdirSync(folder.path).sort()).toEqual(['new', 'two.sluice']);
  });

  it('leave nothing when one fails', async () => {
    using folder = temporaryFolder();
    const failing = makeCaptures(async (captures) => {
      await captures.add(join(folder.path, 'one.sluice'), async () => undefined);
      await captures.add(join(folder.path, 'two.sluice'), async () => {
        throw new Error('stopped');
      });
    });
    await expect(failing).rejects.toThrow('stopped');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('take nobody’s place, not even of one that came meanwhile', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'one.sluice');
    const late = makeCaptures((captures) => captures.add(path, async () => void mkdirSync(path)));
    await expect(late).rejects.toMatchObject({ code: 'capture-exists' });
    await expect(makeCaptures((captures) => captures.add(path, async () => undefined))).rejects.toMatchObject(
      {
        code: 'capture-exists',
      },
    );
    expect(readdirSync(folder.path)).toEqual(['one.sluice']);
  });
});
