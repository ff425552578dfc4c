import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisions } from '../../testing/wire-events.ts';
import { type ClientHello, ClientHelloReader, MAX_HELLO } from './client-hello.ts';
import {
  alpn,
  extension,
  helloMessage,
  nodeHello,
  records,
  serverName,
  supportedVersions,
  vector,
} from './testing/hello.ts';

const read = (...chunks: Uint8Array[]) => {
  const reader = new ClientHelloReader();
  let answer: ClientHello | 'more' | 'invalid' = 'more';
  for (const chunk of chunks) answer = reader.push(chunk);
  return answer;
};

const GREASE = extension(0x3a3a, Buffer.of(0));
const FULL = [
  GREASE,
  serverName('api.example.com'),
  alpn('\x8a\x8a', 'h2', 'http/1.1'),
  supportedVersions(0xfafa, 0x0304, 0x0303),
  extension(0xfe0d, Buffer.alloc(200)),
  extension(0x1a1a),
];
const FIELDS: ClientHello = {
  sni: 'api.example.com',
  alpn: ['h2', 'http/1.1'],
  versions: ['TLSv1.3', 'TLSv1.2'],
  ech: true,
};

describe('a ClientHello of Node', () => {
  it('with everything', async () => {
    const bytes = await nodeHello({ servername: 'api.example.com', ALPNProtocols: ['h2', 'http/1.1'] });
    expect(read(bytes)).toEqual({ ...FIELDS, ech: false });
  });

  it('51: without a server name, without ALPN, of TLS 1.2', async () => {
    const bytes = await nodeHello({ servername: '', maxVersion: 'TLSv1.2' });
    expect(read(bytes)).toEqual({ alpn: [], versions: ['TLSv1.2'], ech: false });
  });

  it('53: with a post-quantum key share, which is longer than a packet', async () => {
    const bytes = await nodeHello({ servername: 'x.test', ecdhCurve: 'X25519MLKEM768' });
    expect(bytes.length).toBeGreaterThan(1460);
    const expected = { sni: 'x.test', alpn: [], versions: ['TLSv1.3', 'TLSv1.2'], ech: false };
    expect(read(bytes.subarray(0, 1460))).toBe('more');
    expect(read(bytes.subarray(0, 1460), bytes.subarray(1460))).toEqual(expected);
  });

  it('53: cut anywhere, or one octet at a time', async () => {
    const bytes = await nodeHello({ servername: 'x.test', ALPNProtocols: ['h2'] });
    for (const pieces of divisions(bytes)) {
      expect(read(...pieces)).toMatchObject({ sni: 'x.test', alpn: ['h2'] });
    }
  });
});

describe('a made ClientHello', () => {
  it('53: GREASE is nowhere seen, ECH is', () => {
    expect(read(records(helloMessage(FULL)))).toEqual(FIELDS);
  });

  it('53: in records of any size, which are cut anywhere', () => {
    const message = helloMessage(FULL);
    for (const size of [1, 2, 3, 4, 5, 100, message.length - 1]) {
      const bytes = records(message, size);
      expect(read(bytes), `records of ${size}`).toEqual(FIELDS);
      expect(read(...Array.from(bytes, (octet) => Buffer.of(octet))), `records of ${size}`).toEqual(FIELDS);
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 80 })),
        (size, cuts) => {
          const bytes = records(message, size);
          const pieces: Buffer[] = [];
          for (let at = 0; at < bytes.length; ) {
            const end = at + (cuts.next().value ?? 1);
            pieces.push(bytes.subarray(at, end));
            at = end;
          }
          expect(read(...pieces)).toEqual(FIELDS);
        },
      ),
    );
  });

  it('is whole at its last octet and not before', () => {
    const bytes = records(helloMessage(FULL));
    for (let end = 0; end < bytes.length; end++) expect(read(bytes.subarray(0, end))).toBe('more');
  });

  it('may be followed by more, as by early data', () => {
    expect(read(Buffer.concat([records(helloMessage(FULL)), Buffer.of(0x17, 3, 3, 0, 1, 0)]))).toEqual(
      FIELDS,
    );
    expect(read(records(helloMessage(FULL)), Buffer.from('anything'))).toEqual(FIELDS);
  });

  it('52: keeps the server name as sent', () => {
    const hello = (name: string) => read(records(helloMessage([serverName(name)])));
    expect(hello('API.Example.COM.')).toMatchObject({ sni: 'API.Example.COM.' });
    expect(hello('caf\xe9\0/..')).toMatchObject({ sni: 'caf\xe9\0/..' });
    expect(hello('x'.repeat(255))).toHaveProperty('sni');
    for (const none of ['', 'x'.repeat(256), 'x'.repeat(60_000)])
      expect(hello(none)).not.toHaveProperty('sni');
  });

  it('passes over names that are no host names', () => {
    const other = extension(
      0,
      vector(2, Buffer.of(9), vector(2, Buffer.from('x')), Buffer.of(0), vector(2, Buffer.from('y'))),
    );
    expect(read(records(helloMessage([other])))).toMatchObject({ sni: 'y' });
  });

  it('says versions by name, those without one by number, and the old field where there is no list', () => {
    const versions = (message: Buffer) => (read(records(message)) as ClientHello).versions;
    expect(versions(helloMessage([supportedVersions(0x0304, 0x0301, 0x7f1c)]))).toEqual([
      'TLSv1.3',
      'TLSv1',
      '0x7f1c',
    ]);
    expect(versions(helloMessage([], 0x0302))).toEqual(['TLSv1.1']);
    expect(versions(helloMessage(undefined, 0x0300))).toEqual(['SSLv3']);
  });

  it('up to 64 KB', () => {
    const padded = (length: number) =>
      records(helloMessage([serverName('x.test'), extension(21, Buffer.alloc(length))]));
    expect(read(padded(MAX_HELLO - 200))).toMatchObject({ sni: 'x.test' });
    // As long as the format allows.
    expect(read(padded(65_535 - 4 - serverName('x.test').length))).toBe('invalid');
  });
});

describe('invalid', () => {
  const valid = records(helloMessage(FULL));
  const cases: [string, Buffer][] = [
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['another record', Buffer.of(0x17, 3, 1, 0, 1, 0)],
    ['another major version', Buffer.of(0x16, 4, 1, 0, 1, 1)],
    ['an empty record', Buffer.of(0x16, 3, 1, 0, 0)],
    ['a record over the limit', Buffer.of(0x16, 3, 1, 0x40, 0x01)],
    ['a ServerHello', Buffer.from('160301000402000000', 'hex')],
    ['a message over the limit', Buffer.from('160301000401ffffff', 'hex')],
    [
      'another record in between',
      Buffer.concat([records(helloMessage(FULL).subarray(0, 50)), Buffer.of(0x15, 3, 1, 0, 2)]),
    ],
    ['a message that ends too early', records(Buffer.concat([Buffer.of(1), vector(3, Buffer.alloc(20))]))],
    [
      'extensions that end too late',
      records(Buffer.concat([Buffer.of(1), vector(3, helloMessage(FULL).subarray(4), Buffer.of(0))])),
    ],
    [
      'a server name that is too long for its extension',
      records(helloMessage([extension(0, Buffer.from('00ff00', 'hex'))])),
    ],
    [
      'a protocol that is too long for its list',
      records(helloMessage([extension(16, Buffer.from('000209', 'hex'))])),
    ],
    ['half a version', records(helloMessage([extension(43, Buffer.of(1, 3))]))],
  ];

  it.each(cases)('%s', (_, bytes) => {
    expect(read(bytes)).toBe('invalid');
  });

  it('stays so, and costs no memory', () => {
    const reader = new ClientHelloReader();
    expect(reader.push(Buffer.from('nonsense'))).toBe('invalid');
    expect(reader.push(valid)).toBe('invalid');
  });

  it('64 KB of records that never complete a message', () => {
    const reader = new ClientHelloReader();
    const record = records(Buffer.concat([Buffer.of(1, 0, 0xff, 0xf0), Buffer.alloc(60_000)]), 1);
    let fed = 0;
    let answer: unknown = 'more';
    while (answer === 'more' && fed < record.length) {
      answer = reader.push(record.subarray(fed, fed + 4096));
      fed += 4096;
    }
    expect(answer).toBe('invalid');
    expect(fed).toBeLessThanOrEqual(MAX_HELLO + 4096);
  });

  it('damaged anywhere, it is read, refused or waited for, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.nat(255), (at, octet) => {
        const bytes = Buffer.from(valid);
        bytes[at] = octet;
        const answer = read(bytes);
        if (answer !== 'more' && answer !== 'invalid') expect(answer.alpn).toBeInstanceOf(Array);
      }),
      { numRuns: 2000 },
    );
  });

  it('one octet a packet costs its length, not the square of it', () => {
    const bytes = records(helloMessage([extension(21, Buffer.alloc(60_000))]));
    const reader = new ClientHelloReader();
    const started = performance.now();
    for (const octet of bytes) reader.push(Buffer.of(octet));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
