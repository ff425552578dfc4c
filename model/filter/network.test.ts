import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from './network.ts';

const has = (network: string, address: string) => parseNetwork(network)?.(address);

describe('a network has', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1'],
    ['10.1.2.3/8', '10.0.0.0'],
    ['192.168.1.0/24', '192.168.1.255'],
    ['192.168.1.7/32', '192.168.1.7'],
    ['0.0.0.0/0', '8.8.8.8'],
    ['2001:db8::/32', '2001:db8:1::1'],
    ['2001:db8::/32', '[2001:DB8:0:0:0:0:0:1]'],
    ['::1/128', '::1'],
    ['fe80::/10', 'febf::1'],
    ['::/0', '2001:db8::1'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['64:ff9b::/96', '64:ff9b::10.0.0.1'],
  ])('%s: %s', (network, address) => {
    expect(has(network, address)).toBe(true);
  });
});

describe('a network has not', () => {
  it.each([
    ['10.0.0.0/8', '11.0.0.1'],
    ['192.168.1.0/25', '192.168.1.128'],
    ['10.0.0.0/8', 'acme.test'],
    ['10.0.0.0/8', '10.0.0'],
    ['10.0.0.0/8', '10.0.0.256'],
    ['10.0.0.0/8', ''],
    ['0.0.0.0/0', '::1'],
    ['::/0', '10.0.0.1'],
    ['fe80::/10', 'fec0::1'],
  ])('%s: %s', (network, address) => {
    expect(has(network, address)).toBe(false);
  });
});

it.each([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0/8',
  '::1/129',
  ':::/8',
  '1::2::3/64',
  '1:2:3:4:5:6:7:8:9/64',
  '1:2:3/64',
  '/8',
  'acme.test/8',
  '12345::/16',
  '10.0.0.0/8/8',
])('%s is no network', (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

it('agrees with the bits of any address', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (a, b, length) => {
      const bits = (ip: string) =>
        ip
          .split('.')
          .map((part) => Number(part).toString(2).padStart(8, '0'))
          .join('')
          .slice(0, length);
      expect(has(`${a}/${length}`, b)).toBe(bits(a) === bits(b));
    }),
  );
});

it('reads every way to write an address of version 6', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(has(`${address}/128`, address), address).toBe(true);
      expect(has('::/0', address) === true || has('0.0.0.0/0', address) === true, address).toBe(true);
    }),
  );
});
