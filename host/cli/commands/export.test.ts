import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const TOKEN = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const signedIn = (id: number) =>
  makeSession({
    id,
    requestHeaders: [['Authorization', `Bearer ${TOKEN}`]],
    responseBody: JSON.stringify({ id: 17, access_token: TOKEN }),
  });
const capture = () => writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2, status: 404 }));

describe('sluice export', { timeout: 60_000 }, () => {
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

  it('masks secrets and says how many, unless told not to', async () => {
    using at = await writtenCapture(signedIn(1), signedIn(2));
    const file = join(at.folder, 'out.har');
    const masked = await sluice('export', at.path, '--format', 'har', '--out', file);
    expect(masked).toEqual({
      code: 0,
      out: '',
      err: `2 sessions written to ${file}\nNothing was lost.\n1 secret masked in 4 places: 1 bearer\n`,
    });
    expect(readFileSync(file, 'utf8')).toContain('"Bearer [redacted:bearer:1]"');
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
    const open = await sluice('export', at.path, '--format', 'har', '--out', file, '--no-redact');
    expect(open.err).toBe(
      `2 sessions written to ${file}\nNothing was lost.\nSecrets are in it as they were captured.\n`,
    );
    expect(readFileSync(file, 'utf8')).toContain(TOKEN);
  });

  it('masks what the tool said that a session came from', async () => {
    const initiator = {
      url: `https://a.test/?access_token=${TOKEN}`,
      headers: { authorization: `Bearer ${TOKEN}` },
    };
    const imported = JSON.stringify({ entry: { _initiator: initiator } });
    using at = await writtenCapture(makeSession({ id: 1, facts: { imported } }));
    const file = join(at.folder, 'out.har');
    expect(await sluice('export', at.path, '--to', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain('_initiator');
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);
  });

  it('shows what would leave without writing it; what is named there can be kept', async () => {
    using at = await writtenCapture(signedIn(1), makeSession({ id: 2, responseBody: 'ticket CUST-001234' }));
    const { code, out } = await sluice('export', at.path, '--preview', '--redact-pattern', 'CUST-(\\d+)');
    expect([code, readdirSync(at.folder)]).toEqual([0, ['test.sluice']]);
    expect(out.split('\n')).toEqual([
      '2 sessions, 77 B of bodies and messages',
      '2 secrets masked in 3 places: 1 bearer, 1 custom',
      expect.stringMatching(
        /^ {2}[0-9a-f]{16} {2}bearer {2}q8Zk2…\(38\) {2}\[redacted:bearer:1\] {2}2× {2}session 1: request header Authorization, response body$/,
      ),
      expect.stringMatching(
        /^ {2}[0-9a-f]{16} {2}custom {2}…\(6\) {2}\[redacted:custom:1\] {2}1× {2}session 2: response body$/,
      ),
      '',
    ]);
    const id = out.match(/ {2}([0-9a-f]{16}) {2}bearer/)?.[1] ?? '';
    const file = join(at.folder, 'out.har');
    await sluice('export', at.path, '--out', file, '--keep', id);
    expect(readFileSync(file, 'utf8')).toContain(`Bearer ${TOKEN}`);
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
    [[], 'Say where to with --to FILE. [usage]'],
    [['--format', 'har'], '--to FILE'],
    [['--out', 'x.har', '--redact-pattern', '('], 'The pattern "(" cannot be read'],
    [['--format', 'pdf', '--out', 'x'], 'There is no format "pdf"'],
    [['--to', 'x.pdf'], 'does not say which format'],
  ])('needs to be told what and where: %j', async (args, message) => {
    using at = await capture();
    expect(await sluice('export', at.path, ...args)).toMatchObject({
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
