import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import { certificateName } from './host-name.ts';

const refused = (host: string) => {
  try {
    certificateName(host);
  } catch (error) {
    return error instanceof SluiceError && error.code === 'not-allowed';
  }
  return false;
};

test.each([
  ['example.com', 'example.com'],
  ['EXAMPLE.Com', 'example.com'],
  ['example.com.', 'example.com'],
  ['localhost', 'localhost'],
  ['a.b-c.d--e.example', 'a.b-c.d--e.example'],
  ['r3---sn-4g5e6nz7.example.com', 'r3---sn-4g5e6nz7.example.com'],
  ['_dmarc.my_host.example', '_dmarc.my_host.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['1.2.3.example', '1.2.3.example'],
  ['3com.com', '3com.com'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  [`${'a.'.repeat(126)}b`, `${'a.'.repeat(126)}b`],
  [`${'a.'.repeat(126)}b.`, `${'a.'.repeat(126)}b`],
])('host name %s', (host, name) => {
  expect(certificateName(host)).toEqual({ kind: 'dns', name });
});

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.7'.split('.').map(Number)],
  ['0.0.0.0', '0.0.0.0', [0, 0, 0, 0]],
  ['255.255.255.255', '255.255.255.255', [255, 255, 255, 255]],
  ['::', '::', Array(16).fill(0)],
  ['::1', '::1', [...Array(15).fill(0), 1]],
  ['[::1]', '::1', [...Array(15).fill(0), 1]],
  ['2001:DB8::A', '2001:db8::a', [0x20, 0x01, 0x0d, 0xb8, ...Array(11).fill(0), 0x0a]],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['fe80::', 'fe80::', [0xfe, 0x80, ...Array(14).fill(0)]],
  ['::ffff:192.0.2.7', '::ffff:c000:207', [...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 7]],
])('address %s', (host, name, address) => {
  expect(certificateName(host)).toEqual({ kind: 'ip', name, address: Uint8Array.from(address) });
});

test.each([
  ['nothing', ''],
  ['a dot', '.'],
  ['two dots at the end', 'example.com..'],
  ['an empty label', 'a..b'],
  ['a leading dot', '.example.com'],
  ['a way up', '../../etc/passwd'],
  ['a slash', 'a/b'],
  ['a backslash', 'a\\b'],
  ['a drive', 'c:'],
  ['a port', 'example.com:443'],
  ['a user', 'me@example.com'],
  ['a space', 'exam ple.com'],
  ['a space around', ' example.com'],
  ['a line end', 'example.com\n'],
  ['NUL', 'example.com\0.evil.test'],
  ['a wildcard', '*.example.com'],
  ['a name that is not in A-labels', 'bücher.example'],
  ['a full-width dot', 'example。com'],
  ['a Kelvin sign, which lower-cases to k', '\u212Aelvin.example'],
  ['a label of 64', `${'a'.repeat(64)}.example`],
  ['a name of 254', `${'a.'.repeat(126)}bb`],
  ['a hyphen in front', '-a.example'],
  ['a hyphen behind', 'a-.example'],
  ['too few octets', '1.2.3'],
  ['too large an octet', '1.2.3.256'],
  ['octal octets', '0177.0.0.01'],
  ['a hexadecimal address', '0x7f000001'],
  ['a zone', 'fe80::1%eth0'],
  ['a zone in brackets', '[fe80::1%25eth0]'],
  ['an open bracket', '[::1'],
  ['IPv4 in brackets', '[127.0.0.1]'],
  ['too many groups', '1:2:3:4:5:6:7:8:9'],
])('refuses %s', (_what, host) => {
  expect(refused(host)).toBe(true);
});

test('a refusal quotes no control characters and stays short', () => {
  const message = (host: string) => {
    try {
      certificateName(host);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  expect(message('a\r\nSet-Cookie: x')).toContain('"a\\r\\nSet-Cookie: x"');
  expect(message('a '.repeat(100_000)).length).toBeLessThan(400);
});

test('whatever comes in is refused or becomes a canonical name that is safe in a path, and canonical names stay', () => {
  const nasty = fc.string({ unit: fc.constantFrom(...'aZ0-_.:[]/\\%*@ \0\n#?ü'), maxLength: 40 });
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    nasty,
    fc.domain(),
    fc.ipV4(),
    fc.ipV6(),
  );
  fc.assert(
    fc.property(text, (host) => {
      if (refused(host)) return;
      const found = certificateName(host);
      expect(found.name).toMatch(found.kind === 'dns' ? /^[a-z0-9_.-]{1,253}$/ : /^[0-9a-f.:]{2,39}$/);
      expect(found.name).not.toContain('..');
      expect(isIP(found.name) !== 0).toBe(found.kind === 'ip');
      expect(certificateName(found.name)).toEqual(found);
    }),
    { numRuns: 2000 },
  );
});

test('every address and every registrable domain is accepted', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (host) => certificateName(host).kind === 'ip'));
  fc.assert(fc.property(fc.domain(), (host) => certificateName(host).kind === 'dns'));
});

test('two spellings of one IPv6 address are one name', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(groups, (all) => {
      const short = all.map((group) => group.toString(16)).join(':');
      const long = all.map((group) => group.toString(16).toUpperCase().padStart(4, '0')).join(':');
      const found = certificateName(long);
      expect(certificateName(short)).toEqual(found);
      expect(found.kind === 'ip' && [...found.address]).toEqual(
        all.flatMap((group) => [group >> 8, group & 255]),
      );
    }),
  );
});
