import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { NegotiationStep } from './negotiation.ts';
import { fitsSocks, Socks5Client } from './socks5-client.ts';

const target = { host: 'origin.test', port: 8443 };
const credentials = { username: 'mia', password: 'pässword' };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (...octets: number[]) => Buffer.from(octets);
const name = (text: string) => [text.length, ...Buffer.from(text)];

const NO_LOGIN = bytes(5, 0);
const GRANTED = bytes(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

/** Gives the machine one message after the other and returns what it sent, and its last step. */
function talk(client: Socks5Client, ...messages: Buffer[]): { sent: Uint8Array[]; last: NegotiationStep } {
  const sent: Uint8Array[] = [];
  let last: NegotiationStep = { kind: 'wait' };
  for (const message of messages) {
    last = client.receive(message);
    for (; last.kind === 'send'; last = client.receive(Buffer.alloc(0))) sent.push(last.bytes);
  }
  return { sent, last };
}

describe('a proxy that wants no login', () => {
  it('is offered that alone when there are no credentials', () => {
    expect(hex(new Socks5Client(target).begin())).toBe('050100');
  });

  it('gets the name unresolved, then the way is free', () => {
    const { sent, last } = talk(new Socks5Client(target), NO_LOGIN, GRANTED);
    expect(sent).toEqual([bytes(5, 1, 0, 3, ...name('origin.test'), 0x20, 0xfb)]);
    expect(last).toEqual({ kind: 'ready', rest: Buffer.alloc(0) });
  });

  it('is not told credentials that it did not ask for', () => {
    const client = new Socks5Client(target, credentials);
    expect(hex(client.begin())).toBe('05020002');
    expect(talk(client, NO_LOGIN).sent).toHaveLength(1);
  });
});

describe('a proxy that wants a user name and a password', () => {
  const login = bytes(1, 3, ...Buffer.from('mia'), 9, ...Buffer.from('pässword'));

  it('gets them, then the request', () => {
    const { sent, last } = talk(new Socks5Client(target, credentials), bytes(5, 2), bytes(1, 0), GRANTED);
    expect(sent[0]).toEqual(login);
    expect(sent).toHaveLength(2);
    expect(last.kind).toBe('ready');
  });

  it('that does not accept them has refused', () => {
    const { last } = talk(new Socks5Client(target, credentials), bytes(5, 2), bytes(1, 1));
    expect(last).toMatchObject({ kind: 'failed', code: 'SLUICE_PROXY_CREDENTIALS' });
  });

  it.each([
    ['refuses all that was offered', undefined, bytes(5, 0xff)],
    ['refuses credentials too', credentials, bytes(5, 0xff)],
    ['chooses what was not offered', undefined, bytes(5, 2)],
    ['chooses GSSAPI', credentials, bytes(5, 1)],
  ])('%s: credentials are what is missing', (_what, given, answer) => {
    const { sent, last } = talk(new Socks5Client(target, given), answer);
    expect(last).toMatchObject({ kind: 'failed', code: 'SLUICE_PROXY_CREDENTIALS' });
    expect(sent).toEqual([]);
  });
});

test.each([
  ['192.0.2.7', [1, 192, 0, 2, 7]],
  ['2001:db8::7', [4, 0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 7]],
  ['::ffff:192.0.2.7', [4, ...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 7]],
  ['fe80::1%eth0', [4, 0xfe, 0x80, ...Array(13).fill(0), 1]],
  ['xn--bcher-kva.test', [3, ...name('xn--bcher-kva.test')]],
])('the address of %s', (host, address) => {
  const { sent } = talk(new Socks5Client({ host, port: 80 }), NO_LOGIN);
  expect(sent).toEqual([bytes(5, 1, 0, ...address, 0, 80)]);
});

test.each([
  [1, 'general failure'],
  [2, 'not allowed by its rules'],
  [3, 'network unreachable'],
  [4, 'host unreachable'],
  [5, 'connection refused'],
  [6, 'TTL expired'],
  [7, 'it cannot connect (command not supported)'],
  [8, 'address type not supported'],
  [99, 'error 99'],
])('reply %d is a refusal: %s', (code, reason) => {
  const refused = { kind: 'failed', code: 'SLUICE_PROXY_REFUSED', reason };
  expect(talk(new Socks5Client(target), NO_LOGIN, bytes(5, code, 0, 1, 0, 0, 0, 0, 0, 0)).last).toEqual(
    refused,
  );
  // Some send no more than this before they close.
  expect(talk(new Socks5Client(target), NO_LOGIN, bytes(5, code)).last).toEqual(refused);
});

test.each([
  ['SOCKS4', [bytes(0, 0x5b)]],
  ['HTTP', [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]],
  ['SOCKS4 after the first answer', [NO_LOGIN, bytes(4, 0, 0, 1)]],
  ['an unknown kind of address', [NO_LOGIN, bytes(5, 0, 0, 9, 0, 0, 0, 0)]],
])('what speaks %s has failed', (_what, messages) => {
  expect(talk(new Socks5Client(target), ...messages).last).toMatchObject({
    kind: 'failed',
    code: 'SLUICE_PROXY_FAILED',
  });
});

test('a name that does not fit is refused before it is sent', () => {
  const { sent, last } = talk(new Socks5Client({ host: 'a'.repeat(256), port: 80 }), NO_LOGIN);
  expect(sent).toEqual([]);
  expect(last).toMatchObject({ kind: 'failed', reason: expect.stringContaining('255') });
  expect(fitsSocks('ä'.repeat(127))).toBe(true);
  expect(fitsSocks('ä'.repeat(128))).toBe(false);
});

test('any division of the answers, with any address in the last, gives the same and leaves what follows', () => {
  const bound = fc.constantFrom(
    [1, 127, 0, 0, 1],
    [4, ...Array(16).fill(1)],
    [3, 0],
    [3, ...name('proxy.test')],
    [3, 255, ...Array(255).fill(65)],
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bound, cuts, fc.uint8Array({ maxLength: 20 }), (address, sizes, follows) => {
      const whole = Buffer.concat([bytes(5, 2, 1, 0, 5, 0, 0, ...address, 1, 2), follows]);
      const client = new Socks5Client(target, credentials);
      let at = 0;
      for (let i = 0; at < whole.length; i += 1) {
        const end = at + (sizes[i % sizes.length] ?? 1);
        const { last } = talk(client, whole.subarray(at, end));
        at = Math.min(end, whole.length);
        if (last.kind === 'ready') {
          expect(Buffer.concat([last.rest, whole.subarray(at)])).toEqual(Buffer.from(follows));
          return;
        }
        expect(last.kind).toBe('wait');
      }
      expect.unreachable('it never became ready');
    }),
  );
});

test('arbitrary octets never throw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 }),
      fc.boolean(),
      (messages, login) => {
        const client = new Socks5Client(target, login ? credentials : undefined);
        for (const message of messages) {
          const { last } = talk(client, Buffer.from(message));
          if (last.kind === 'failed' || last.kind === 'ready') return;
        }
      },
    ),
  );
});
