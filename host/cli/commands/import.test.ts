import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inCapture, openTestCapture, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

/** A capture of two sessions and its HAR file. */
async function exported() {
  const at = await writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2, status: 404 }));
  const file = join(at.folder, 'out.har');
  await sluice('export', at.path, '--format', 'har', '--out', file);
  return Object.assign(at, { file });
}

describe('sluice import', () => {
  it('makes a capture of a file', async () => {
    using at = await exported();
    const copy = join(at.folder, 'copy.sluice');
    expect(await sluice('import', at.file, '--capture', copy)).toEqual({
      code: 0,
      out: '',
      err: `2 sessions imported into ${copy}\n`,
    });
    expect(jsonLines(await sluice('list', copy, '--json')).map(({ id, status }) => [id, status])).toEqual([
      [1, 200],
      [2, 404],
    ]);
  });

  it('adds to one that is there, after its last', async () => {
    using at = await exported();
    await sluice('import', at.file, '--capture', at.path);
    await inCapture(at.path, async (store) => {
      expect((await store.get(4))?.row).toMatchObject({ source: 'import', status: 404 });
      expect((await store.totals()).sessions).toBe(4);
    });
  });

  it('S1: keeps what came before a fault, and says that there is one', async () => {
    using at = await exported();
    const text = readFileSync(at.file, 'utf8');
    writeFileSync(at.file, text.slice(0, text.lastIndexOf('"startedDateTime"')));
    const copy = join(at.folder, 'copy.sluice');
    expect(await sluice('import', at.file, '--capture', copy)).toMatchObject({
      code: 3,
      err: expect.stringContaining('[bad-har]'),
    });
    expect(jsonLines(await sluice('list', copy, '--json'))).toHaveLength(1);
  });

  it('makes nothing of a file that cannot be read', async () => {
    using at = await exported();
    const copy = join(at.folder, 'copy.sluice');
    expect(await sluice('import', join(at.folder, 'none.har'), '--capture', copy)).toMatchObject({
      code: 3,
      err: expect.stringContaining('[file-unreadable]'),
    });
    expect(await sluice('list', copy)).toMatchObject({ code: 3 });
  });

  it('leaves a capture alone that another is writing', async () => {
    using at = await exported();
    await using live = await openTestCapture();
    expect(await sluice('import', at.file, '--capture', live.path)).toMatchObject({
      code: 3,
      err: expect.stringContaining('[capture-in-use]'),
    });
  });
});
