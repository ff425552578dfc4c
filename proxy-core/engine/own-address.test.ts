import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isOwnPeer, isThisMachine, plainAddress } from './own-address.ts';

const outward = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({ internal }) => !internal)
  .map(({ address }) => address);

describe('an address in plain form', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['FE80::A', 'fe80::a'],
    ['::1', '::1'],
    ['', ''],
  ])('%s is %s', (address, plain) => expect(plainAddress(address)).toBe(plain));
});

describe('this machine', () => {
  it.each([
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '::',
    '0.0.0.0',
    '::ffff:127.0.0.1',
    '::ffff:127.9.9.9',
    ...outward,
  ])('P2: is %s', (address) => expect(isThisMachine(address)).toBe(true));

  it.each(['8.8.8.8', '128.0.0.1', '2001:db8::1', '::ffff:8.8.8.8', '', '1.127.0.0'])(
    'is not %s',
    (address) => {
      expect(isThisMachine(address)).toBe(false);
    },
  );
});

describe('a connected peer', () => {
  const peer = (remoteAddress: string | undefined, remotePort: number | undefined) => ({
    remoteAddress,
    remotePort,
  });

  it('P3: is Sluice when it listens on a port of ours on this machine', () => {
    expect(isOwnPeer(peer('127.0.0.1', 8866), [8866, 9000])).toBe(true);
    expect(isOwnPeer(peer('::ffff:127.0.0.1', 9000), [8866, 9000])).toBe(true);
  });

  it('is another on another port, on another machine, or when it is not connected', () => {
    expect(isOwnPeer(peer('127.0.0.1', 8867), [8866])).toBe(false);
    expect(isOwnPeer(peer('8.8.8.8', 8866), [8866])).toBe(false);
    expect(isOwnPeer(peer(undefined, 8866), [8866])).toBe(false);
    expect(isOwnPeer(peer('127.0.0.1', undefined), [8866])).toBe(false);
    expect(isOwnPeer(peer('127.0.0.1', 8866), [])).toBe(false);
  });
});
