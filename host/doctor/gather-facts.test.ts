import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { refusalOf, seenExchange } from './gather-facts.ts';

const seen = (overrides: SessionOverrides) => seenExchange(makeSession(overrides).session);

describe('what is read of an exchange', () => {
  it('is whether it was decrypted, by whom it was asked, and what it was offered', () => {
    expect(
      seen({
        url: 'https://a.test/x',
        facts: { clientTls: { version: 'TLSv1.3' } },
        requestHeaders: [
          ['User-Agent', 'Mozilla/5.0'],
          ['Referer', 'http://localhost:3000/page'],
          ['Via', '1.1 corp'],
        ],
        responseHeaders: [['Alt-Svc', 'h3=":443"']],
      }),
    ).toMatchObject({
      host: 'a.test',
      decrypted: true,
      userAgent: 'Mozilla/5.0',
      page: 'localhost',
      altSvc: 'h3=":443"',
      forwarded: 'via: 1.1 corp',
    });
    expect(seen({ url: 'http://a.test/' })).toMatchObject({
      decrypted: false,
      page: undefined,
      forwarded: undefined,
    });
  });

  it('is how far the origin’s clock is ahead', () => {
    const startedAt = Date.parse('2026-05-04T10:00:00Z');
    const date: [string, string] = ['Date', 'Mon, 04 May 2026 10:10:00 GMT'];
    expect(seen({ startedAt, durationMs: 0, responseHeaders: [date] }).aheadMs).toBe(600_000);
    expect(seen({ responseHeaders: [['Date', 'yesterday']] }).aheadMs).toBeUndefined();
  });
});

describe('a refusal', () => {
  const failed = (detail: string, code: 'client-tls' | 'dns' = 'client-tls') =>
    refusalOf(
      makeSession({ kind: 'tunnel', state: 'failed', status: null, failure: { code, detail } }).session,
    );

  it('is one by its alert, or by closing in the handshake', () => {
    expect(failed('It does not trust it (TLS alert unknown_ca (48))')?.alert).toBe('unknown_ca');
    expect(failed('The client closed the connection during the TLS handshake for a.test')).toMatchObject({
      alert: undefined,
    });
  });

  it('is none where something else was in the way', () => {
    expect(failed('It speaks no version (TLS alert protocol_version (70))')).toBeUndefined();
    expect(failed('The client did not finish the TLS handshake for a.test in time')).toBeUndefined();
    expect(failed('TLS alert unknown_ca (48)', 'dns')).toBeUndefined();
  });
});
