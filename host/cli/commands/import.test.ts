import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
      err: `2 sessions imported into ${copy}\nNothing was lost.\n`,
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

  it('knows files by what is in them, whatever they are called', async () => {
    using at = await exported();
    for (const name of ['a.saz', 'a.zhar', 'a.har']) {
      const file = join(at.folder, name);
      await sluice('export', at.path, '--to', file);
      renameSync(file, join(at.folder, 'noname'));
      const copy = join(at.folder, `${name}.sluice`);
      const { code, out } = await sluice('import', join(at.folder, 'noname'), '--capture', copy, '--json');
      expect([code, JSON.parse(out)]).toMatchObject([
        0,
        { format: name === 'a.saz' ? 'saz' : 'har', imported: 2, losses: { lossy: 0 } },
      ]);
    }
  });

  it('opens what a password protects', async () => {
    using at = await exported();
    const file = join(at.folder, 'a.saz');
    const copy = join(at.folder, 'copy.sluice');
    await sluice('export', at.path, '--to', file, '--password', 'geheim');
    expect(await sluice('import', file, '--capture', copy)).toMatchObject({
      code: 3,
      err: expect.stringContaining('give its password. [password]'),
    });
    expect(await sluice('import', file, '--capture', copy, '--password', 'geheim')).toMatchObject({
      code: 0,
    });
  });

  it('makes no capture of what is in no format', async () => {
    using at = await exported();
    const file = join(at.folder, 'photo.png');
    writeFileSync(file, 'PNG');
    const copy = join(at.folder, 'copy.sluice');
    expect(await sluice('import', file, '--capture', copy)).toMatchObject({
      code: 2,
      err: expect.stringContaining('photo.png is in no format that Sluice reads'),
    });
    expect(existsSync(copy)).toBe(false);
  });
});
