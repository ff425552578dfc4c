import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionRows } from '../../session-rows.ts';
import { inCapture, openTestCapture, temporaryFolder, writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const at = (id: number, startedAt: number, path: string) =>
  makeSession({ id, startedAt, url: `https://a.test${path}`, responseBody: `{"of":"${path}"}` });

const rows = (capture: string) =>
  inCapture(capture, (store) => Array.fromAsync(sessionRows(store, { type: 'all' })));

const pathOf = ({ url }: { url: string }) => new URL(url).pathname;

// Several captures are opened in each.
describe('sluice merge', { timeout: 90_000 }, () => {
  it('puts sessions of several captures into one, in the order of time, under new numbers', async () => {
    using a = await writtenCapture(at(1, 1000, '/a1'), at(2, 3000, '/a2'));
    using b = await writtenCapture(at(1, 2000, '/b1'), at(2, 4000, '/b2'));
    const out = join(a.folder, 'merged.sluice');
    const ran = await sluice('merge', out, a.path, b.path);
    expect([ran.code, ran.out, ran.err]).toEqual([0, '', `4 sessions of 2 in ${out}\n`]);
    expect((await rows(out)).map((row) => [row.id, pathOf(row), row.source, row.comment])).toEqual([
      [1, '/a1', 'proxy', undefined],
      [2, '/b1', 'proxy', undefined],
      [3, '/a2', 'proxy', undefined],
      [4, '/b2', 'proxy', undefined],
    ]);
    const body = await sluice('show', out, '3', '--response-body');
    expect(body.out).toBe('{"of":"/a2"}');
  });

  it('says in the comments where each comes from, when asked; marks and comments stay', async () => {
    const marked = makeSession({ id: 1, startedAt: 1000, mark: 2, comment: 'look' });
    await using a = await openTestCapture(marked, makeSession({ id: 2, startedAt: 1500, parentId: 1 }));
    await a.store.annotate([1], { mark: 2, comment: 'look' });
    await a.store.close();
    const out = join(a.folder, 'merged.sluice');
    await sluice('merge', out, a.path, '--note');
    const [first, second] = await rows(out);
    expect(first).toMatchObject({ mark: 2, comment: 'from test.sluice, session 1\nlook' });
    expect(second).toMatchObject({ mark: 0, comment: 'from test.sluice, session 2', parentId: 1 });
  });

  it('takes HAR files too, and only what passes the filter', async () => {
    using a = await writtenCapture(at(1, 1000, '/a1'), at(2, 3000, '/keep'));
    using b = await writtenCapture(at(1, 2000, '/keep/b'));
    const har = join(a.folder, 'b.har');
    expect((await sluice('export', b.path, '--format', 'har', '--out', har)).code).toBe(0);
    const out = join(a.folder, 'merged.sluice');
    expect((await sluice('merge', out, a.path, har, '--filter', 'path:/keep')).code).toBe(0);
    expect((await rows(out)).map(pathOf)).toEqual(['/keep/b', '/keep']);
  });

  it('changes nothing that is there, and leaves nothing half-written', async () => {
    using a = await writtenCapture(at(1, 1000, '/a1'));
    const there = await sluice('merge', a.path, a.path);
    expect([there.code, there.err]).toEqual([3, expect.stringContaining('[capture-exists]')]);
    const broken = join(a.folder, 'broken.har');
    writeFileSync(broken, '{"log":{"entries":[{"nonsense":');
    const failed = await sluice('merge', join(a.folder, 'out.sluice'), a.path, broken);
    expect(failed.code).toBe(3);
    expect(readdirSync(a.folder).sort()).toEqual(['broken.har', 'test.sluice']);
  });

  it('says what cannot be read, and what is no filter', async () => {
    using folder = temporaryFolder();
    const missing = await sluice('merge', join(folder.path, 'out.sluice'), join(folder.path, 'none.har'));
    expect([missing.code, missing.err]).toEqual([3, expect.stringContaining('[file-unreadable]')]);
    const filter = await sluice('merge', join(folder.path, 'out.sluice'), folder.path, '--filter', 'status:');
    expect([filter.code, filter.err]).toEqual([2, expect.stringContaining('[filter-syntax]')]);
  });
});
