import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';
import { sessionText } from './show.ts';

const BIG = 'x'.repeat(2_500_000);
const packed = gzipSync('hello');
let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeAll(async () => {
  capture = await writtenCapture(
    makeSession({
      id: 1,
      method: 'POST',
      requestHeaders: [
        ['Host', 'api.acme.test'],
        ['X-Odd', 'a\u00e9'],
      ],
      requestBody: 'asked',
      responseHeaders: [['Content-Encoding', 'gzip']],
      responseBody: packed,
    }),
    makeSession({ id: 2, status: null, failure: { code: 'dns', detail: 'The name could not be resolved.' } }),
    makeSession({ id: 3, responseBody: BIG }),
    makeSession({
      id: 4,
      requestHeaders: [['Authorization', 'Bearer q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4']],
    }),
  );
});
afterAll(() => capture[Symbol.dispose]());

const show = (...args: string[]) => sluice('show', capture.path, ...args);

describe('sluice show', () => {
  it('is a session in words', async () => {
    const { code, out } = await show('1');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^POST https:\/\/api\.acme\.test\/orders\/1\n {2}session 1, completed, began .*, took 20\.0 ms\n/,
    );
    expect(out).toContain('\n  X-Odd: a\u00e9\n  body: 5 B\n');
    expect(out).toContain('HTTP/1.1 200 OK');
  });

  it('is everything but the bodies, as JSON', async () => {
    const session = JSON.parse((await show('1', '--json')).out);
    expect(session).toMatchObject({ row: { id: 1, method: 'POST' }, findings: [], messageCount: 0 });
  });

  it('is the bytes that were captured', async () => {
    expect((await show('1', '--request-body')).out).toBe('asked');
    expect((await show('1', '--response-body')).out).toBe(packed.toString('latin1'));
    expect((await show('1', '--raw-request')).out).toBe(
      'POST /orders/1 HTTP/1.1\r\nHost: api.acme.test\r\nX-Odd: a\u00e9\r\n\r\nasked',
    );
    expect((await show('1', '--raw-response')).out).toBe(
      `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n${packed.toString('latin1')}`,
    );
    expect((await show('3', '--response-body')).out).toBe(BIG);
  });

  it('writes the request as a command line or code', async () => {
    expect((await show('1', '--as', 'curl')).out).toMatch(
      /^curl 'https:\/\/api\.acme\.test\/orders\/1' \\\n/,
    );
    const token = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
    const masked = await show('4', '--as', 'curl');
    expect(masked.out).toContain('[redacted:bearer:1]');
    expect(masked.out).not.toContain(token);
    expect(masked.err).toBe('Secrets are masked in it: --no-redact leaves them as captured.\n');
    expect((await show('4', '--as', 'curl', '--no-redact')).out).toContain(`Bearer ${token}`);
    const python = (await show('1', '--as', 'python')).out;
    expect(python).toContain('requests.post(url, data=payload');
    expect(python).toContain('payload = "asked"');
    expect(await show('1', '--as', 'cobol')).toMatchObject({
      code: 2,
      err: expect.stringContaining('use one of curl, curl-powershell'),
    });
    expect(await show('1', '--as', 'curl', '--json')).toMatchObject({ code: 2 });
  });

  it('says why there is no response', async () => {
    expect((await show('2')).out).toContain('  dns: The name could not be resolved.\n');
    expect(await show('2', '--raw-response')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no response'),
    });
    expect(await show('2', '--response-body')).toMatchObject({ code: 1 });
  });

  it.each([
    [['9'], 1, '[not-found]'],
    [['0'], 2, '[usage]'],
    [['x'], 2, '[usage]'],
    [['1', '--json', '--raw-request'], 2, '[usage]'],
    [[], 2, '[usage]'],
  ])('with %j ends with %d', async (args, code, err) => {
    expect(await show(...args)).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});

describe('a session in words', () => {
  it('does nothing to the terminal', () => {
    const { session } = makeSession({ responseHeaders: [['X', 'a\u001b[2J']], reason: '\u001b[31m' });
    expect(sessionText(session)).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('says which program it came from, where that is known', () => {
    const from = (facts: object) => sessionText(makeSession({ facts }).session);
    expect(from({ process: 'cu\u001brl', processId: 7 })).toContain('\n  from cu\\u{1b}rl (process 7)\n');
    expect(from({ process: 'curl' })).toContain('\n  from curl\n');
    expect(from({})).not.toContain('from');
  });

  it('says when the answer broke off', () => {
    const { session } = makeSession({ state: 'server-aborted', responseBody: 'half' });
    expect(sessionText(session)).toContain('body: 4 B, incomplete');
  });
});
