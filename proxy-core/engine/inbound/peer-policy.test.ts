import { describe, expect, it } from 'vitest';
import { type PeerScope, peerRefusal, peerScope } from './peer-policy.ts';

const PEERS: [string | undefined, PeerScope][] = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::FFFF:7f00:1', 'loopback'],
  ['::1%lo', 'loopback'],
  ['10.0.0.1', 'private'],
  ['10.255.255.255', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.20', 'private'],
  ['169.254.10.10', 'private'],
  ['100.64.0.1', 'private'],
  ['100.127.255.254', 'private'],
  ['::ffff:192.168.1.20', 'private'],
  ['::ffff:c0a8:114', 'private'],
  ['fe80::1', 'private'],
  ['fe80::1%eth0', 'private'],
  ['febf:ffff::1%5', 'private'],
  ['fc00::1', 'private'],
  ['fd12:3456:789a::1', 'private'],
  ['9.255.255.255', 'public'],
  ['11.0.0.0', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['192.167.255.255', 'public'],
  ['192.169.0.0', 'public'],
  ['169.253.0.1', 'public'],
  ['100.63.255.255', 'public'],
  ['100.128.0.0', 'public'],
  ['126.255.255.255', 'public'],
  ['128.0.0.1', 'public'],
  ['8.8.8.8', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['::ffff:0808:0808', 'public'],
  ['::8.8.8.8', 'public'],
  ['64:ff9b::8.8.8.8', 'public'],
  ['64:ff9b::10.0.0.1', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['2001:db8::1', 'public'],
  ['fec0::1', 'public'],
  ['fbff::1', 'public'],
  ['fe7f::1', 'public'],
  ['ff02::1', 'public'],
  ['0.0.0.0', 'public'],
  ['::', 'public'],
  ['255.255.255.255', 'public'],
  [undefined, 'public'],
  ['', 'public'],
  ['%eth0', 'public'],
  ['localhost', 'public'],
  ['127.0.0.1.evil.test', 'public'],
  ['0177.0.0.1', 'public'],
  ['127.1', 'public'],
  ['127.0.0.1\n8.8.8.8', 'public'],
  ['8.8.8.8%127.0.0.1', 'public'],
];

describe('P1: which peers may use the proxy', () => {
  it.each(PEERS)('P1: %s is %s', (address, scope) => {
    expect(peerScope(address)).toBe(scope);
  });

  it.each(PEERS)('P1: %s (%s) is let in accordingly', (address, scope) => {
    expect(peerRefusal(address, false) === undefined).toBe(scope === 'loopback');
    expect(peerRefusal(address, true) === undefined).toBe(scope !== 'public');
  });

  it('P1: a refusal says who, why, and what can be done', () => {
    expect(peerRefusal('192.168.1.20', false)).toBe(
      '192.168.1.20 is another machine, and the proxy is for this one alone; open it to the local network to allow it.',
    );
    for (const lan of [true, false]) {
      expect(peerRefusal('::ffff:8.8.8.8', lan)).toMatch(
        /^::ffff:8\.8\.8\.8 is not in the local network; .* never /,
      );
      expect(peerRefusal(undefined, lan)).toMatch(/^A peer without an address/);
    }
  });
});
