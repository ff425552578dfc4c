import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Opening, type OpeningOptions, readOpening } from './opening.ts';
import { helloMessage, nodeHello, records, serverName } from './testing/hello.ts';
import { type SocketPair, socketPair } from './testing/loopback.ts';

const PATIENT: OpeningOptions = { silenceMs: 10_000, wholeMs: 10_000 };
const HTTP = Buffer.from('GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n');

/** Writes pieces so that the reader meets each alone: the next goes when the one before has been seen. */
async function inPieces({ outer, inner }: SocketPair, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    const seen = once(inner, 'data');
    outer.write(piece);
    await seen;
  }
}

const bytesOf = ({ bytes }: Opening) => bytes.toString('latin1');

describe('readOpening', () => {
  it('tells what the client speaks, with all that was read, and leaves the rest', async () => {
    await using pair = await socketPair();
    pair.outer.write(HTTP);
    const opening = await readOpening(pair.inner, PATIENT);
    expect(opening.protocol).toBe('http1');
    expect(bytesOf(opening)).toBe(HTTP.toString());
    expect(pair.inner.isPaused()).toBe(true);
    pair.outer.write('more');
    const [more] = await once(pair.inner.resume(), 'data');
    expect(String(more)).toBe('more');
  });

  it('1: one octet at a time, and reads no further than it must', async () => {
    await using pair = await socketPair();
    const opening = readOpening(pair.inner, PATIENT);
    await inPieces(
      pair,
      Array.from(HTTP.subarray(0, 4), (octet) => Buffer.of(octet)),
    );
    expect(await opening).toEqual({ protocol: 'http1', bytes: HTTP.subarray(0, 4) });
  });

  it('53: waits for the whole ClientHello, whatever its records and packets', async () => {
    const whole = records(helloMessage([serverName('x.test')]), 7);
    for (const cut of [1, 5, 6, 12, 13, 40, whole.length - 1]) {
      await using pair = await socketPair();
      const opening = readOpening(pair.inner, PATIENT);
      await inPieces(pair, [whole.subarray(0, cut), whole.subarray(cut)]);
      expect(await opening, `cut at ${cut}`).toMatchObject({
        protocol: 'tls',
        bytes: whole,
        hello: { sni: 'x.test' },
      });
    }
  });

  it('53: a post-quantum ClientHello of Node', async () => {
    const whole = await nodeHello({ servername: 'pq.test', ecdhCurve: 'X25519MLKEM768' });
    await using pair = await socketPair();
    const opening = readOpening(pair.inner, PATIENT);
    await inPieces(pair, [whole.subarray(0, 1000), whole.subarray(1000)]);
    expect(await opening).toMatchObject({ protocol: 'tls', hello: { sni: 'pq.test' } });
  });

  it('a ClientHello that is none comes without one', async () => {
    await using pair = await socketPair();
    pair.outer.write(Buffer.from('160301000401ffffff', 'hex'));
    expect(await readOpening(pair.inner, PATIENT)).toMatchObject({ protocol: 'tls', hello: undefined });
  });

  it('49: what was read before counts, and may be enough', async () => {
    await using pair = await socketPair();
    expect(await readOpening(pair.inner, { ...PATIENT, first: HTTP })).toEqual({
      protocol: 'http1',
      bytes: HTTP,
    });
    const opening = readOpening(pair.inner, { ...PATIENT, first: HTTP.subarray(0, 2) });
    pair.outer.write(HTTP.subarray(2));
    expect(await opening).toEqual({ protocol: 'http1', bytes: HTTP });
  });

  it('48: a client that waits for the server is silent', async () => {
    await using pair = await socketPair();
    const opening = await readOpening(pair.inner, { silenceMs: 20, wholeMs: 10_000 });
    expect(opening).toEqual({ protocol: 'silent', bytes: Buffer.alloc(0) });
    pair.outer.write('USER x');
    const [late] = await once(pair.inner.resume(), 'data');
    expect(String(late)).toBe('USER x');
  });

  it('one that begins and stops has the other limit', async () => {
    await using pair = await socketPair();
    pair.outer.write('GE');
    const opening = await readOpening(pair.inner, { silenceMs: 10_000, wholeMs: 20 });
    expect(opening).toEqual({ protocol: 'silent', bytes: Buffer.from('GE') });
    const again = await readOpening(pair.inner, { silenceMs: 10_000, wholeMs: 20, first: Buffer.from('GE') });
    expect(again.protocol).toBe('silent');
  });

  it('a client that stops or leaves has ended, with what it said', async () => {
    await using finished = await socketPair();
    finished.outer.end('GE');
    expect(await readOpening(finished.inner, PATIENT)).toEqual({
      protocol: 'ended',
      bytes: Buffer.from('GE'),
    });
    expect(await readOpening(finished.inner, PATIENT)).toMatchObject({ protocol: 'ended' });
    await using reset = await socketPair();
    const opening = readOpening(reset.inner, PATIENT);
    reset.outer.resetAndDestroy();
    expect(await opening).toMatchObject({ protocol: 'ended' });
    expect(await readOpening(reset.inner, PATIENT)).toMatchObject({ protocol: 'ended' });
  });

  it('leaves no listener behind', async () => {
    await using pair = await socketPair();
    const count = () => pair.inner.eventNames().map((name) => pair.inner.listenerCount(name));
    const before = count();
    pair.outer.write(HTTP);
    await readOpening(pair.inner, PATIENT);
    expect(count()).toEqual(before);
  });
});
