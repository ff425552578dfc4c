import { networkInterfaces } from 'node:os';
import { describe, expect, it, test } from 'vitest';
import { isOwnPeer, isThisMachine, plainAddress } from './own-address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
  ['2001:DB8:0:0::0007', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['::ffff:0:0', '0.0.0.0'],
  ['::127.0.0.1', '::7f00:1'],
  ['origin.test', 'origin.test'],
])('%s is plainly %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});

describe('P2 this machine', () => {
  const all = Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []);

  it.each(['127.0.0.1', '127.8.9.10', '::1', '::', '0.0.0.0', '::ffff:127.0.0.1', '::ffff:7f00:1', ...all])(
    '%s',
    (address) => {
      expect(isThisMachine(address)).toBe(true);
    },
  );

  it.each(['192.0.2.77', '2001:db8::77', '::ffff:192.0.2.77', ''])('%s is another', (address) => {
    expect(isThisMachine(address)).toBe(false);
  });
});

test('P2 a peer is ours when both its address and its port are', () => {
  expect(isOwnPeer({ remoteAddress: '::ffff:127.0.0.1', remotePort: 8866 }, [80, 8866])).toBe(true);
  expect(isOwnPeer({ remoteAddress: '127.0.0.1', remotePort: 8867 }, [80, 8866])).toBe(false);
  expect(isOwnPeer({ remoteAddress: '192.0.2.77', remotePort: 8866 }, [8866])).toBe(false);
  expect(isOwnPeer({ remotePort: 8866 }, [8866])).toBe(false);
  expect(isOwnPeer({ remoteAddress: '127.0.0.1' }, [8866])).toBe(false);
});
