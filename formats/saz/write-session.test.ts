import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { readMetadata } from './metadata.ts';
import { readSazField } from './saz-field.ts';
import { sessionFiles } from './write-session.ts';

function filesOf(overrides: SessionOverrides) {
  const losses = new Losses();
  const files = sessionFiles(makeSession(overrides), losses);
  const { flags, session, timers } = readMetadata(files.metadata ?? '');
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
  return {
    request: text(files.request),
    response: text(files.response),
    hasMessages: files.messages !== undefined,
    flags,
    bits: Number(session.get('BitFlags')),
    timers,
    field: readSazField(flags.get('x-sluice')),
    lost: losses.report().counts,
  };
}

describe('the files of a session', () => {
  it('repeat no header in the flag of ours', () => {
    const { flags, field } = filesOf({ requestHeaders: [['Cookie', 's3cret']] });
    expect(flags.get('x-sluice')).not.toContain('s3cret');
    expect(field).toMatchObject({ row: { source: 'proxy' }, request: {} });
    expect(field?.requestHead).toBeUndefined();
  });

  it('of a tunnel are a CONNECT', () => {
    const { request, bits } = filesOf({
      kind: 'tunnel',
      method: 'CONNECT',
      url: 'tunnel://a.test:443',
      requestHeaders: [],
    });
    expect(request).toBe('CONNECT a.test:443 HTTP/1.1\r\n\r\n');
    expect(bits & 0x1000).toBe(0x1000);
  });

  it('of a WebSocket have messages, even none', () => {
    expect(filesOf({ kind: 'websocket', status: 101 })).toMatchObject({ hasMessages: true, bits: 0x40001 });
    expect(filesOf({})).toMatchObject({ hasMessages: false, bits: 1 });
  });

  it('without a response have an empty one', () => {
    expect(filesOf({ status: null }).response).toBe('');
  });

  it('say when what was', () => {
    const { timers } = filesOf({
      startedAt: Date.UTC(2026, 0, 2),
      durationMs: 99,
      timings: { blocked: 1, dns: 2, connect: 3.4, tls: 4.6, send: 5, wait: 6, receive: 7 },
    });
    const ms = (name: string) => Date.parse(timers.get(name) ?? '') - Date.UTC(2026, 0, 2);
    expect(
      ['ServerConnected', 'ServerGotRequest', 'ServerBeginResponse', 'ServerDoneResponse'].map(ms),
    ).toEqual([11, 16, 22, 29]);
    expect(ms('ClientDoneResponse')).toBe(99);
    expect(['DNSTime', 'TCPConnectTime', 'HTTPSHandshakeTime'].map((name) => timers.get(name))).toEqual([
      '2',
      '3',
      '5',
    ]);
  });

  it('keep a comment that XML cannot hold beside', () => {
    const { flags, field } = filesOf({ comment: 'a\x1bb' });
    expect(flags.get('ui-comments')).toBe('a\ufffdb');
    expect(field?.row).toMatchObject({ comment: 'a\x1bb' });
  });
});
