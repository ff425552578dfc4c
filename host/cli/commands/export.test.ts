import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const capture = () => writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2, status: 404 }));

describe('sluice export', () => {
  it('writes what passes as HAR, for its user alone, and says how much', async () => {
    using at = await capture();
    const file = join(at.folder, 'out.har');
    const ran = await sluice('export', at.path, '--format', 'har', '--out', file, '--filter', 'status:404');
    expect(ran).toEqual({ code: 0, out: '', err: `1 sessions written to ${file}\nNothing was lost.\n` });
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

  it('writes the format that the name says, compressed where it says so', async () => {
    using at = await capture();
    const start = (name: string) => readFileSync(join(at.folder, name)).toString('latin1', 0, 2);
    for (const name of ['a.har', 'a.har.gz', 'a.zhar', 'a.SAZ']) {
      expect(await sluice('export', at.path, '--to', join(at.folder, name))).toMatchObject({ code: 0 });
    }
    expect(['a.har', 'a.har.gz', 'a.zhar', 'a.SAZ'].map(start)).toEqual(['{"', '\x1f\x8b', '\x1f\x8b', 'PK']);
    await sluice('export', at.path, '--to', join(at.folder, 'archive'), '--format', 'saz');
    expect(start('archive')).toBe('PK');
  });

  it('says what was lost, to people and to programs', async () => {
    const event = { direction: 'received', at: 1, opcode: 1, data: new Uint8Array(1) } as const;
    using at = await writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2, messages: [event] }));
    const file = join(at.folder, 'a.saz');
    const { out, err } = await sluice('export', at.path, '--to', file, '--json');
    expect([JSON.parse(out), err]).toMatchObject([
      { file, format: 'saz', sessions: 2, losses: { lossy: 1, losses: [{ session: 2 }] } },
      '',
    ]);
    expect((await sluice('export', at.path, '--to', file)).err.split('\n')).toEqual([
      `2 sessions written to ${file}`,
      '1 session of 2 lost something.',
      '  1 × when each server-sent event came',
      '  session 2: when each server-sent event came: 1, which stand in the body',
      '',
    ]);
  });

  it('protects a SAZ by a password, and nothing else', async () => {
    using at = await capture();
    const saz = join(at.folder, 'a.saz');
    expect(await sluice('export', at.path, '--to', saz, '--password', 'geheim')).toMatchObject({ code: 0 });
    expect(readFileSync(saz).includes('acme')).toBe(false);
    expect(await sluice('export', at.path, '--to', `${saz}.har`, '--password', 'geheim')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[usage]'),
    });
    expect(readdirSync(at.folder).sort()).toEqual(['a.saz', 'test.sluice']);
  });

  it.each([
    [[], '--to FILE'],
    [['--format', 'har'], '--to FILE'],
    [['--format', 'pdf', '--out', 'x'], 'There is no format "pdf"'],
    [['--to', 'x.pdf'], 'does not say which format'],
  ])('needs to be told what and where: %j', async (args, message) => {
    expect(await sluice('export', 'x.sluice', ...args)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
  });

  it('leaves nothing behind when it is stopped', async () => {
    using at = await writtenCapture(
      ...Array.from({ length: 300 }, (_, i) => makeSession({ id: i + 1, responseBody: 'x'.repeat(20_000) })),
    );
    const running = sluice('export', at.path, '--to', join(at.folder, 'a.saz'));
    const writing = () => readdirSync(at.folder).some((name) => name.endsWith('.part'));
    await vi.waitUntil(writing, { timeout: 20_000, interval: 5 });
    process.emit('SIGINT');
    expect(await running).toMatchObject({ code: 3, err: expect.stringContaining('[cancelled]') });
    expect(readdirSync(at.folder)).toEqual(['test.sluice']);
  });
});
