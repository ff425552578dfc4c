import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const capture = () => writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2, status: 404 }));

describe('sluice export', () => {
  it('writes what passes as HAR, for its user alone, and says how much', async () => {
    using at = await capture();
    const file = join(at.folder, 'out.har');
    const ran = await sluice('export', at.path, '--format', 'har', '--out', file, '--filter', 'status:404');
    expect(ran).toEqual({ code: 0, out: '', err: `1 sessions written to ${file}\n` });
    const { entries } = JSON.parse(readFileSync(file, 'utf8')).log;
    expect(entries).toMatchObject([{ response: { status: 404 } }]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(at.folder).sort()).toEqual(['out.har', 'test.sluice']);
  });

  it('writes nothing when it cannot', async () => {
    using at = await capture();
    const missing = join(at.folder, 'none', 'out.har');
    expect(await sluice('export', at.path, '--format', 'har', '--out', missing)).toMatchObject({
      code: 3,
      err: expect.stringContaining('[file-unwritable]'),
    });
    const file = join(at.folder, 'out.har');
    expect(await sluice('export', at.path, '--format', 'har', '--out', file, '--filter', '(')).toMatchObject({
      code: 2,
    });
    expect(readdirSync(at.folder)).toEqual(['test.sluice']);
  });

  it.each([
    [[], 'required option'],
    [['--format', 'har'], 'required option'],
    [['--format', 'pdf', '--out', 'x'], 'Allowed choices'],
  ])('needs to be told what and where: %j', async (args, message) => {
    expect(await sluice('export', 'x.sluice', ...args)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
  });
});
