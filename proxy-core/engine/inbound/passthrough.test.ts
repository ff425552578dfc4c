import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { tempAuthority } from '#certs/testing/temp-authority.ts';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { recordingSink } from '../../testing/recording-sink.ts';
import { Recording } from '../recorder.ts';
import { ClientTlsError, rejectionOf } from './client-rejection.ts';
import { readOpening } from './opening.ts';
import { Passthrough } from './passthrough.ts';
import { rawTunnel } from './raw-tunnel.ts';
import { listener } from './testing/loopback.ts';

const HOUR_MS = 3_600_000;
const unknownCa = () =>
  rejectionOf(Object.assign(new Error('no'), { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }), false);
const closed = () => new ClientTlsError('closed-after');
const A = { sni: 'a.test', host: '192.0.2.1', port: 443 };

function patient(limits: { passRefused?: boolean; passthrough?: string[] } = { passRefused: true }) {
  let at = 1_000_000;
  const passthrough = new Passthrough(limits, () => at);
  const wait = (ms: number) => {
    at += ms;
  };
  return { passthrough, wait };
}

describe('Passthrough: listed hosts', () => {
  const { passthrough } = patient({ passthrough: ['*.bank.test', 'pinned.test:8443', '10.0.0.0/8'] });
  const kind = (sni: string | undefined, host: string, port = 443) =>
    passthrough.decide(sni === undefined ? { host, port } : { sni, host, port })?.kind;

  it('by server name, by host connected to, by port and by address', () => {
    expect(kind('www.bank.test', '192.0.2.1')).toBe('listed');
    expect(kind(undefined, 'www.bank.test')).toBe('listed');
    expect(kind('other.test', 'WWW.bank.test.')).toBe('listed');
    expect(kind('pinned.test', 'pinned.test', 8443)).toBe('listed');
    expect(kind(undefined, '10.1.2.3')).toBe('listed');
  });

  it('and no others', () => {
    expect(kind('bank.test', 'bank.test')).toBeUndefined();
    expect(kind('pinned.test', 'pinned.test')).toBeUndefined();
    expect(kind(undefined, '11.0.0.1')).toBeUndefined();
  });

  it('says which name it was', () => {
    expect(passthrough.decide({ sni: 'x.test', host: 'www.bank.test', port: 443 })?.detail).toBe(
      'www.bank.test is in the list of hosts that are passed through.',
    );
  });

  it('an invalid pattern is an error at the start', () => {
    expect(() => new Passthrough({ passthrough: ['a b'] })).toThrow(/"a b" is not a host pattern/);
  });
});

describe('Passthrough: refused hosts', () => {
  it('61: are passed through from the first alert on, when the user asked for that', () => {
    const { passthrough } = patient();
    expect(passthrough.decide(A)).toBeUndefined();
    expect(passthrough.rejected(A, unknownCa())).toBe(true);
    expect(passthrough.decide(A)).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('unknown_ca'),
    });
  });

  it('61: and only then', () => {
    const { passthrough } = patient({});
    expect(passthrough.rejected(A, unknownCa())).toBe(false);
    expect(passthrough.decide(A)).toBeUndefined();
    expect(passthrough.refused()).toEqual([]);
  });

  it('61: a client that only closes must do so twice', () => {
    const { passthrough } = patient();
    expect(passthrough.rejected(A, closed())).toBe(false);
    expect(passthrough.decide(A)).toBeUndefined();
    expect(passthrough.rejected(A, closed())).toBe(true);
    expect(passthrough.decide(A)?.kind).toBe('refused');
  });

  it('61: and not once it has accepted in between, nor long after', () => {
    const { passthrough, wait } = patient();
    passthrough.rejected(A, closed());
    passthrough.accepted(A);
    expect(passthrough.rejected(A, closed())).toBe(false);
    wait(HOUR_MS);
    expect(passthrough.rejected(A, closed())).toBe(false);
  });

  it('what is not about our certificate changes nothing', () => {
    const { passthrough } = patient();
    const others = [new ClientTlsError('time-limit'), new ClientTlsError('unable')];
    for (const error of [...others, ...others]) expect(passthrough.rejected(A, error)).toBe(false);
    expect(passthrough.decide(A)).toBeUndefined();
  });

  it('52: go by server name and port, and by host where there is no name', () => {
    const { passthrough } = patient();
    passthrough.rejected(A, unknownCa());
    expect(passthrough.decide({ sni: 'A.test.', host: 'elsewhere.test', port: 443 })?.kind).toBe('refused');
    expect(passthrough.decide({ ...A, port: 8443 })).toBeUndefined();
    expect(passthrough.decide({ sni: 'b.test', host: A.host, port: 443 })).toBeUndefined();
    passthrough.rejected({ host: 'b.test', port: 443 }, unknownCa());
    expect(passthrough.decide({ sni: 'b.test', host: 'b.test', port: 443 })?.kind).toBe('refused');
  });

  it('are forgotten after an hour, in which the certificate may have been installed', () => {
    const { passthrough, wait } = patient();
    passthrough.rejected(A, unknownCa());
    wait(HOUR_MS - 1);
    expect(passthrough.decide(A)?.kind).toBe('refused');
    wait(1);
    expect(passthrough.decide(A)).toBeUndefined();
    expect(passthrough.refused()).toEqual([]);
  });

  it('are listed with when and why, and can be forgotten by hand', () => {
    const { passthrough, wait } = patient();
    passthrough.rejected(A, unknownCa());
    wait(5);
    passthrough.rejected({ host: '::1', port: 8443 }, unknownCa());
    expect(passthrough.refused()).toMatchObject([
      {
        host: 'a.test',
        port: 443,
        since: 1_000_000,
        until: 1_000_000 + HOUR_MS,
        detail: expect.stringContaining('a.test'),
      },
      { host: '::1', port: 8443, since: 1_000_005 },
    ]);
    expect(passthrough.forget('A.TEST', 443)).toBe(true);
    expect(passthrough.forget('a.test', 443)).toBe(false);
    expect(passthrough.decide(A)).toBeUndefined();
    expect(passthrough.refused()).toHaveLength(1);
  });

  it('are bounded, as are those under suspicion', () => {
    const { passthrough } = patient();
    const at = (n: number) => ({ host: `h${n}.test`, port: 443 });
    for (let n = 0; n < 1500; n++) passthrough.rejected(at(n), unknownCa());
    expect(passthrough.refused()).toHaveLength(1000);
    expect(passthrough.decide(at(0))).toBeUndefined();
    expect(passthrough.decide(at(1499))?.kind).toBe('refused');
    for (let n = 2000; n < 3500; n++) passthrough.rejected(at(n), closed());
    expect(passthrough.rejected(at(2000), closed())).toBe(false);
    expect(passthrough.rejected(at(3499), closed())).toBe(true);
  });
});

describe('Passthrough: a connection', () => {
  it('53: a listed host’s TLS reaches its origin as it is, and is counted', async () => {
    const { authority } = await tempAuthority();
    await using origin = await echoOrigin({ tls: authority.leafFor('pinned.test') });
    const { passthrough } = patient({ passthrough: ['pinned.test'] });
    const sink = recordingSink();
    await using proxy = await listener(async (client) => {
      const opening = await readOpening(client, { silenceMs: 10_000, wholeMs: 10_000 });
      const { sni = '' } = (opening.protocol === 'tls' && opening.hello) || {};
      const reason = passthrough.decide({ sni, host: '127.0.0.1', port: 443 });
      const head = { method: 'CONNECT', target: sni, httpVersion: 'HTTP/1.1', headers: [] };
      const beginning = { kind: 'tunnel', source: 'proxy', url: `tunnel://${sni}:443`, head } as const;
      const recorder = new Recording(sink, sink.nextSessionId).begin(beginning, true);
      const server = connectTcp(origin.port, '127.0.0.1');
      await once(server, 'connect');
      expect(reason?.kind).toBe('listed');
      await rawTunnel(client, server, {
        recorder,
        record: 'counts',
        idleMs: 10_000,
        host: sni,
        fromClient: opening.bytes,
      });
    });
    const ca = [authority.certificatePem];
    const socket = connect({ port: proxy.port, host: '127.0.0.1', servername: 'pinned.test', ca });
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: pinned.test\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    const [full] = await sink.ended(1);
    expect(full?.session).toMatchObject({
      row: { state: 'completed', requestBodySize: 0, responseBodySize: 0 },
    });
    expect(full?.session.facts.tunnelBytes?.received).toBeGreaterThan(text.length);
  });
});
