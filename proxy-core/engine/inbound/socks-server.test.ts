import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisions } from '../../testing/wire-events.ts';
import type { ProxyCredentials } from '../settings.ts';
import { SocksServer, type SocksStep, socksReply } from './socks-server.ts';

const octets = (...parts: (number | string)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  );
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

interface Talk {
  /** All replies, in hexadecimal. */
  readonly replies: string;
  readonly last: SocksStep;
}

function talk(pieces: readonly Uint8Array[], credentials?: ProxyCredentials): Talk {
  const server = new SocksServer(credentials);
  let replies = '';
  let last: SocksStep = { kind: 'more', reply: Buffer.alloc(0) };
  const rest: Uint8Array[] = [];
  for (const piece of pieces) {
    if (last.kind !== 'more') {
      rest.push(piece);
      continue;
    }
    last = server.push(piece);
    replies += hex(last.reply);
  }
  if (last.kind === 'request') last = { ...last, leftover: Buffer.concat([last.leftover, ...rest]) };
  return { replies, last };
}

const asked = ({ last }: Talk) => {
  if (last.kind !== 'request') throw new Error(`no request: ${JSON.stringify(last)}`);
  const { version, named, host, port } = last.request;
  return `${version} ${named ? 'name' : 'address'} ${host} ${port} ${last.leftover.toString('latin1')}`.trim();
};

const HELLO = octets(5, 1, 0);
const NAME = (name: string, port = 443, command = 1) =>
  octets(5, command, 0, 3, name.length, name, port >> 8, port & 255);
const CREDENTIALS = { username: 'mia', password: 'Grüße' };
const LOGIN = (name: string, password: string) =>
  Buffer.concat([
    octets(1, name.length),
    Buffer.from(name),
    octets(Buffer.byteLength(password)),
    Buffer.from(password),
  ]);

describe('SOCKS 5', () => {
  it('by name, IPv4 and IPv6 address', () => {
    const to = (request: Buffer) => asked(talk([HELLO, request]));
    expect(to(NAME('Example.COM'))).toBe('5 name example.com 443');
    expect(to(octets(5, 1, 0, 1, 127, 0, 0, 1, 0x1f, 0x90))).toBe('5 address 127.0.0.1 8080');
    const v6 = octets(5, 1, 0, 4, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 80);
    expect(to(v6)).toBe('5 address 2001:db8::7 80');
  });

  it('a name may be an address, and an international name', () => {
    const to = (name: string) => asked(talk([HELLO, NAME(name)]));
    expect(to('10.0.0.1')).toBe('5 name 10.0.0.1 443');
    expect(to('::1')).toBe('5 name ::1 443');
    expect(to(Buffer.from('bücher.test').toString('latin1'))).toBe('5 name xn--bcher-kva.test 443');
  });

  it('cut anywhere, says and understands the same', () => {
    const whole = Buffer.concat([HELLO, NAME('example.com'), Buffer.from('GET /')]);
    for (const pieces of divisions(whole)) {
      expect(asked(talk(pieces))).toBe('5 name example.com 443 GET /');
      expect(talk(pieces).replies).toBe('0500');
    }
  });

  it('among the methods offered, none is preferred; a password alone is taken and not looked at', () => {
    expect(talk([octets(5, 3, 1, 2, 0)]).replies).toBe('0500');
    const talked = talk([octets(5, 1, 2), LOGIN('any', 'thing'), NAME('a.test')]);
    expect(talked.replies).toBe('05020100');
    expect(asked(talked)).toBe('5 name a.test 443');
  });

  it('refuses a client that offers nothing we know', () => {
    for (const methods of [octets(5, 0), octets(5, 1, 1), octets(5, 2, 1, 0x80)]) {
      expect(talk([methods])).toMatchObject({
        replies: '05ff',
        last: { kind: 'error', code: 'auth-required' },
      });
    }
  });

  it('asks for user and password, and checks both', () => {
    const login = (name: string, password: string) =>
      talk([octets(5, 2, 0, 2), LOGIN(name, password), NAME('a.test')], CREDENTIALS);
    expect(login('mia', 'Grüße').replies).toBe('05020100');
    expect(asked(login('mia', 'Grüße'))).toBe('5 name a.test 443');
    for (const [name, password] of [
      ['mia', 'Gruesse'],
      ['mio', 'Grüße'],
      ['', ''],
      ['mia:Gr', 'üße'],
    ] as const) {
      expect(login(name, password)).toMatchObject({
        replies: '05020101',
        last: { kind: 'error', code: 'auth-wrong' },
      });
    }
  });

  it('with credentials, nobody gets by without', () => {
    expect(talk([HELLO, NAME('a.test')], CREDENTIALS)).toMatchObject({
      replies: '05ff',
      last: { kind: 'error', code: 'auth-required' },
    });
  });

  it('a login cut anywhere', () => {
    const whole = Buffer.concat([octets(5, 1, 2), LOGIN('mia', 'Grüße'), NAME('a.test')]);
    for (const pieces of divisions(whole)) expect(talk(pieces, CREDENTIALS).replies).toBe('05020100');
  });

  it('refuses BIND, UDP ASSOCIATE and unknown commands with the code for it', () => {
    for (const [command, name] of [
      [2, 'BIND'],
      [3, 'UDP ASSOCIATE'],
      [9, 'command 9'],
    ] as const) {
      const { replies, last } = talk([HELLO, NAME('a.test', 443, command)]);
      expect(replies).toBe('050005070001000000000000');
      expect(last).toMatchObject({ kind: 'error', code: 'command', detail: expect.stringContaining(name) });
    }
  });

  it('refuses unknown address types with the code for it', () => {
    expect(talk([HELLO, octets(5, 1, 0, 2, 1)])).toMatchObject({
      replies: '050005080001000000000000',
      last: { kind: 'error', code: 'address-type' },
    });
  });

  it.each(['', 'a b', 'a/b', 'user@host', 'a:80', '[::1]', 'a\0b', 'x\n', '::1%'])(
    'refuses the name %j',
    (name) => {
      expect(talk([HELLO, NAME(name)])).toMatchObject({
        replies: '050005010001000000000000',
        last: { kind: 'error', code: 'malformed' },
      });
    },
  );

  it('refuses port 0, and messages of another version', () => {
    expect(talk([HELLO, NAME('a.test', 0)]).last).toMatchObject({ kind: 'error', code: 'malformed' });
    expect(talk([HELLO, octets(4, 1, 0)]).last).toMatchObject({ kind: 'error', code: 'malformed' });
    expect(talk([octets(6, 1, 0)]).last).toMatchObject({ kind: 'error', code: 'malformed' });
    expect(talk([octets(5, 1, 2), octets(5, 1, 0)]).last).toMatchObject({ kind: 'error', code: 'malformed' });
  });
});

describe('SOCKS 4', () => {
  const v4 = (...rest: (number | string)[]) => octets(4, 1, 1, 0xbb, ...rest);

  it('by address, with any user id', () => {
    expect(asked(talk([v4(93, 184, 216, 34, 'mia', 0)]))).toBe('4 address 93.184.216.34 443');
    expect(asked(talk([v4(10, 0, 0, 1, 0, 'early')]))).toBe('4 address 10.0.0.1 443 early');
  });

  it('4a: by name', () => {
    expect(asked(talk([v4(0, 0, 0, 1, 'mia', 0, 'Example.com', 0)]))).toBe('4 name example.com 443');
    expect(asked(talk([v4(0, 0, 0, 255, 0, 'example.com', 0, 'GET')]))).toBe('4 name example.com 443 GET');
    // 0.0.0.0 is an address, if an odd one.
    expect(asked(talk([v4(0, 0, 0, 0, 0)]))).toBe('4 address 0.0.0.0 443');
  });

  it('cut anywhere, and silent until it is granted', () => {
    for (const pieces of divisions(v4(0, 0, 0, 1, 'mia', 0, 'example.com', 0, 'rest'))) {
      expect(asked(talk(pieces))).toBe('4 name example.com 443 rest');
      expect(talk(pieces).replies).toBe('');
    }
  });

  it('refuses BIND, no name, port 0', () => {
    const refused = { replies: '005b000000000000', last: { kind: 'error' } };
    expect(talk([octets(4, 2, 0, 80, 1, 2, 3, 4, 0)])).toMatchObject(refused);
    expect(talk([v4(0, 0, 0, 1, 0, 0)])).toMatchObject(refused);
    expect(talk([octets(4, 1, 0, 0, 1, 2, 3, 4, 0)])).toMatchObject(refused);
  });

  it('has no password: refused where one is asked for', () => {
    expect(talk([v4(1, 2, 3, 4, 'mia', 0)], CREDENTIALS)).toMatchObject({
      replies: '005b000000000000',
      last: { kind: 'error', code: 'auth-required', detail: expect.stringContaining('SOCKS 5') },
    });
  });

  it('a text without an end does not grow', () => {
    expect(talk([v4(1, 2, 3, 4, 'x'.repeat(255))]).last.kind).toBe('more');
    for (const text of ['x'.repeat(256), `${'x'.repeat(300)}\0`]) {
      expect(talk([v4(1, 2, 3, 4, text)]).last).toMatchObject({ kind: 'error', code: 'malformed' });
    }
  });
});

describe('any octets', () => {
  const octet = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 3, 4, 5));
  /** Beginnings that lead past the first message, so that what is arbitrary comes at every step. */
  const start = fc.constantFrom(
    [],
    [5, 1, 0],
    [5, 1, 2],
    [5, 1, 0, 5, 1, 0],
    [4, 1, 0, 80],
    [5, 1, 2, 1, 1, 0x6d, 1, 0x70],
  );
  const stream = fc
    .tuple(start, fc.array(octet, { maxLength: 600 }))
    .map(([first, rest]) => Buffer.from([...first, ...rest]));

  it('are a request, an error or wait for more, and nothing is thrown', () => {
    fc.assert(
      fc.property(stream, fc.boolean(), (bytes, secured) => {
        const { last } = talk([bytes], secured ? CREDENTIALS : undefined);
        if (last.kind === 'request') {
          expect(last.request.host).toMatch(/^[\x21-\x7e]+$/);
          expect(last.request.port).toBeGreaterThan(0);
          expect(secured).toBe(false);
        }
        // Nothing that waits is longer than the longest message.
        if (last.kind === 'more') expect(bytes.length).toBeLessThan(2 * 513 + 2);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same however they are cut', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const whole = talk([bytes]);
        const single = talk(Array.from(bytes, (one) => Buffer.of(one)));
        expect(single.replies).toBe(whole.replies);
        expect(single.last.kind).toBe(whole.last.kind);
        if (single.last.kind === 'request') expect(asked(single)).toBe(asked(whole));
      }),
    );
  });
});

describe('socksReply', () => {
  it('grants', () => {
    expect(hex(socksReply(5))).toBe('05000001000000000000');
    expect(hex(socksReply(4))).toBe('005a000000000000');
  });

  it('says why not, as far as the version has words for it', () => {
    const codes = (['dns', 'unreachable', 'refused', 'timeout', 'own-address', 'tls-expired'] as const).map(
      (code) => socksReply(5, code)[1],
    );
    expect(codes).toEqual([4, 3, 5, 6, 2, 1]);
    expect(hex(socksReply(4, 'dns'))).toBe('005b000000000000');
  });
});
