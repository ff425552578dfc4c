import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { type EchoServer, runBash, startEchoServer } from '../testing/echo-server.ts';
import { exportText } from '../testing/export-text.ts';
import { CURL_FORMAT, CURL_POWERSHELL_FORMAT } from './curl-format.ts';

let echo: EchoServer;
beforeAll(async () => {
  echo = await startEchoServer();
});
afterAll(() => echo.close());

describe('a script of curl commands', () => {
  it('runs, and sends every request', async () => {
    const sessions = [
      makeSession({ id: 1, url: `${echo.origin}/first`, method: 'PUT', requestBody: "it's" }),
      makeSession({ id: 2, kind: 'tunnel', url: `${echo.origin}/` }),
      makeSession({ id: 3, url: `${echo.origin}/last\n# x`, httpVersion: 'HTTP/2' }),
    ];
    const { text, report } = await exportText(CURL_FORMAT, sessions);
    expect(text.startsWith('#!/usr/bin/env bash\n\n# 1 PUT ')).toBe(true);
    const script = text.replace('\n', '\ncurl() { command curl -q -sS --noproxy \'*\' "$@" || true; }\n');
    const seen = await echo.during(() => runBash(script.slice(0, script.indexOf('# 3'))));
    expect([seen.method, seen.target, String(seen.body)]).toEqual(['PUT', '/first', "it's"]);
    expect(report.losses).toEqual([
      { session: 0, what: expect.stringContaining('requests alone') },
      { session: 2, what: 'tunnel, which has no request' },
      { session: 3, what: 'the version of HTTP, which curl chooses', detail: 'HTTP/2' },
    ]);
  });

  it('lets nothing of a session out of its comment', async () => {
    const { text } = await exportText(CURL_FORMAT, [makeSession({ method: 'GET\nrm -rf x' })]);
    expect(text.split('\n')[2]).toBe('# 1 GET rm -rf x https://api.acme.test/orders/1');
  });

  it('for PowerShell says what it cannot keep', async () => {
    const full = makeSession({
      requestHeaders: [
        ['X-Latin', 'caf\xe9'],
        ['X-Utf8', 'caf\xc3\xa9'],
      ],
    });
    const { text, report } = await exportText(CURL_POWERSHELL_FORMAT, [full]);
    expect(text.startsWith('\ufeff\n# 1 GET')).toBe(true);
    expect(text).toContain('| curl.exe --config -');
    expect(report.losses.at(-1)).toEqual({
      session: 1,
      what: 'octets of a header that are not UTF-8',
      detail: 'X-Latin',
    });
  });
});
