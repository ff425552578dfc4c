import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hostPort, lanProxy, localProxy } from './addresses.ts';

const card = (address: string, change: Partial<NetworkInterfaceInfo> = {}) =>
  ({
    address,
    family: 'IPv4',
    internal: false,
    netmask: '',
    mac: '',
    cidr: null,
    ...change,
  }) as NetworkInterfaceInfo;
const LAN = {
  lo: [card('127.0.0.1', { internal: true })],
  none: undefined,
  eth0: [card('fe80::1', { family: 'IPv6', scopeid: 1 } as object), card('192.168.1.7')],
  wlan0: [card('192.168.1.8')],
};

describe('host and port', () => {
  it.each([
    ['127.0.0.1', 8866, '127.0.0.1:8866'],
    ['::1', 8866, '[::1]:8866'],
    ['proxy.acme.test', 80, 'proxy.acme.test:80'],
  ])('%s and %d are written %s', (host, port, text) => expect(hostPort(host, port)).toBe(text));
});

describe('a client on this machine', () => {
  it.each([
    ['0.0.0.0', '127.0.0.1:1'],
    ['::', '127.0.0.1:1'],
    ['', '127.0.0.1:1'],
    ['127.0.0.1', '127.0.0.1:1'],
    ['192.168.1.7', '192.168.1.7:1'],
    ['::1', '[::1]:1'],
  ])('reaches a proxy that listens on %j at %s', (host, text) => expect(localProxy(host, 1)).toBe(text));
});

describe('a phone in the same network', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('does not reach one that listens on %s', (host) => {
    expect(lanProxy(host, 1, LAN)).toBeUndefined();
  });

  it.each(['0.0.0.0', '::', ''])(
    'reaches one that listens on %j at this machine’s first address outwards',
    (host) => {
      expect(lanProxy(host, 8866, LAN)).toBe('192.168.1.7:8866');
    },
  );

  it('reaches one that listens on an address at that', () => {
    expect(lanProxy('192.168.1.8', 8866, LAN)).toBe('192.168.1.8:8866');
  });

  it('does not, where this machine has no network', () => {
    expect(lanProxy('0.0.0.0', 8866, { lo: LAN.lo })).toBeUndefined();
    expect(lanProxy('0.0.0.0', 8866, {})).toBeUndefined();
  });
});
