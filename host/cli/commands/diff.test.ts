import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const SECRET = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const capture = (...sessions: SessionOverrides[]) =>
  writtenCapture(...sessions.map((one, i) => makeSession({ id: i + 1, url: 'https://a.test/cart', ...one })));
const body = (value: object): SessionOverrides => ({ responseBody: JSON.stringify(value) });

// Several captures are opened in each.
describe('sluice diff', { timeout: 90_000 }, () => {
  it('says that there is nothing, with exit 0', async () => {
    using a = await capture(body({ total: 3, at: '2026-11-24T12:00:00Z' }));
    using b = await capture(body({ total: 3, at: '2026-11-25T09:00:00Z' }));
    const { code, out, err } = await sluice('diff', a.path, b.path);
    expect([code, out, err]).toEqual([0, '', 'No differences: 1 calls are equal.\n']);
  });

  it('says what changed, is missing and is new, with exit 1', async () => {
    using a = await capture(body({ total: 3 }), { url: 'https://a.test/old' });
    using b = await capture({ ...body({ total: 4 }), status: 201 }, { url: 'https://a.test/new' });
    const { code, out, err } = await sluice('diff', a.path, b.path);
    expect([code, err]).toEqual([1, '1 changed, 1 missing, 1 added, 0 equal\n']);
    expect(out.split('\n')).toEqual([
      '~ GET https://a.test/cart  (1, 1)',
      '    status: 200 → 201',
      '    response.body.total: 3 → 4',
      '- GET https://a.test/old  (2)',
      '+ GET https://a.test/new  (2)',
      '',
    ]);
  });

  it('is an object a line for programs', async () => {
    using a = await capture(body({ total: 3 }));
    using b = await capture(body({ total: 4 }));
    const ran = await sluice('diff', a.path, b.path, '--json');
    expect(jsonLines(ran)).toEqual([
      {
        kind: 'changed',
        endpoint: 'GET https://a.test/cart',
        a: 1,
        b: 1,
        differences: [{ field: 'response.body.total', a: '3', b: '4' }],
        volatile: {},
      },
    ]);
  });

  it('compares what passes the filter, without fields that are ignored', async () => {
    using a = await capture(body({ total: 3 }), { url: 'https://a.test/x', ...body({ x: 1 }) });
    using b = await capture(body({ total: 4 }), { url: 'https://a.test/x', ...body({ x: 2 }) });
    expect(
      (await sluice('diff', a.path, b.path, '--filter', 'path:/x', '--ignore', 'response.body.x')).code,
    ).toBe(0);
    const both = await sluice(
      'diff',
      a.path,
      b.path,
      '--ignore',
      'response.body.x',
      '--ignore',
      'response.body.t*',
    );
    expect(both.code).toBe(0);
  });

  it('prints no secret, unless told to', async () => {
    const asked = (token: string): SessionOverrides => ({
      ...body({ access_token: token, note: `for ${token}` }),
      requestHeaders: [['X-Api-Key', token]],
    });
    using a = await capture(asked(SECRET));
    using b = await capture({ ...asked(`${SECRET}b`), status: 500 });
    for (const json of [[], ['--json']]) {
      const { code, out } = await sluice('diff', a.path, b.path, '--strict', ...json);
      expect([code, out.includes(SECRET)]).toEqual([1, false]);
      expect(out).toContain('[redacted:api-key:2]');
    }
    expect((await sluice('diff', a.path, b.path, '--strict', '--no-redact')).out).toContain(SECRET);
  });

  it('reads HAR files as captures', async () => {
    using a = await capture(body({ total: 3 }));
    const har = join(a.folder, 'a.har');
    await sluice('export', a.path, '--format', 'har', '--out', har);
    expect((await sluice('diff', a.path, har)).code).toBe(0);
  });

  it('says what it cannot read', async () => {
    using a = await capture({});
    const ran = await sluice('diff', a.path, join(a.folder, 'none'));
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('[file-unreadable]')]);
  });
});
