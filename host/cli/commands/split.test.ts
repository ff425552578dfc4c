import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const DAY = 24 * 3600 * 1000;
const session = (id: number, host: string, status = 200) =>
  makeSession({ id, url: `https://${host}/p/${id}`, status, startedAt: 1_750_000_000_000 + id * DAY });
const fresh = () =>
  writtenCapture(
    session(1, 'a.test'),
    session(2, 'b.test', 404),
    session(3, 'a.test', 500),
    session(4, '[::1]'),
  );

const paths = async (capture: string) =>
  jsonLines(await sluice('list', capture, '--json')).map(({ url }) => new URL(url).pathname);
const names = (folder: string) => readdirSync(folder).sort();

// Several captures are opened in each.
describe('sluice split', { timeout: 90_000 }, () => {
  it('makes a capture for each host and says which', async () => {
    using capture = await fresh();
    const { code, out, err } = await sluice('split', capture.path, '--by', 'host');
    expect([code, err]).toEqual([0, '4 sessions in 3 captures\n']);
    expect(out.split('\n').slice(0, 3)).toEqual([
      `${join(capture.folder, 'test-a.test.sluice')}\t2`,
      `${join(capture.folder, 'test-b.test.sluice')}\t1`,
      `${join(capture.folder, 'test-_1_.sluice')}\t1`,
    ]);
    expect(await paths(join(capture.folder, 'test-a.test.sluice'))).toEqual(['/p/1', '/p/3']);
    expect(await paths(capture.path)).toHaveLength(4);
  });

  it('splits by number, into a folder that is made', async () => {
    using capture = await fresh();
    const out = join(capture.folder, 'parts');
    expect((await sluice('split', capture.path, '--by', '3', '--out', out)).code).toBe(0);
    expect(names(out)).toEqual(['test-001.sluice', 'test-002.sluice']);
    expect(await paths(join(out, 'test-002.sluice'))).toEqual(['/p/4']);
  });

  it('splits by day', async () => {
    using capture = await fresh();
    const { out } = await sluice('split', capture.path, '--by', 'day', '--filter', 'host:a.test');
    expect(out.match(/test-\d{4}-\d\d-\d\d\.sluice\t1/g)).toHaveLength(2);
  });

  it('splits by filters: each session goes with the first it passes', async () => {
    using capture = await fresh();
    const filters = ['--filter', 'status:404', '--filter', 'host:a.test'];
    expect((await sluice('split', capture.path, '--by', 'filter', ...filters)).code).toBe(0);
    expect(await paths(join(capture.folder, 'test-filter-1.sluice'))).toEqual(['/p/2']);
    expect(await paths(join(capture.folder, 'test-filter-2.sluice'))).toEqual(['/p/1', '/p/3']);
    expect(await paths(join(capture.folder, 'test-rest.sluice'))).toEqual(['/p/4']);
  });

  it('makes all parts or none', async () => {
    using capture = await fresh();
    await sluice('split', capture.path, '--by', 'host', '--filter', 'host:b.test');
    const before = names(capture.folder);
    const again = await sluice('split', capture.path, '--by', 'host');
    expect([again.code, again.err]).toEqual([3, expect.stringContaining('[capture-exists]')]);
    expect(names(capture.folder)).toEqual(before);
  });

  it.each([
    [['--by', 'size'], 2, 'usage'],
    [['--by', '0'], 2, 'usage'],
    [['--by', 'filter'], 2, 'usage'],
    [['--by', 'host', '--filter', 'a', '--filter', 'b'], 2, 'usage'],
    [['--by', 'host', '--filter', 'status:'], 2, 'filter-syntax'],
  ])('refuses %s', async (args, code, word) => {
    using capture = await fresh();
    const ran = await sluice('split', capture.path, ...args);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(`[${word}]`)]);
    expect(names(capture.folder)).toEqual(['test.sluice']);
  });

  it('answers no when there is nothing to split', async () => {
    using capture = await fresh();
    const ran = await sluice('split', capture.path, '--by', 'host', '--filter', 'host:none.test');
    expect([ran.code, ran.err]).toEqual([1, 'There are no sessions to split.\n']);
  });
});
