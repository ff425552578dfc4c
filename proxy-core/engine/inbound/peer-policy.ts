/**
 * Which peers may use the proxy, by the address they connect from. A listener is for this machine, or for the local network when the
 * user asked for that; nobody from the public Internet ever gets an answer, whatever it listens on, since an open proxy is found within
 * hours. Pure: looks at the address alone.
 */
import { BlockList, isIP } from 'node:net';

/** `loopback`: this machine. `private`: the networks that are not routed in the Internet. `public`: all else, and what is no address. */
export type PeerScope = 'loopback' | 'private' | 'public';

function ranges(...subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets)
    list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

const LOOPBACK = ranges(['127.0.0.0', 8], ['::1', 128]);
const PRIVATE = ranges(
  // RFC 1918 §3
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  // Link-local: RFC 3927, RFC 4291 §2.5.6
  ['169.254.0.0', 16],
  ['fe80::', 10],
  // Shared by the customers of a carrier, and by mesh VPNs: RFC 6598
  ['100.64.0.0', 10],
  // Unique local: RFC 4193
  ['fc00::', 7],
);

/** Of an address as `net.Socket.remoteAddress` has it: a scope id is allowed, IPv4-mapped IPv6 (RFC 4291 §2.5.5.2) counts as IPv4. */
export function peerScope(address: string | undefined): PeerScope {
  const bare = address?.replace(/%.*$/s, '') ?? '';
  const version = isIP(bare);
  if (version === 0) return 'public';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  // BlockList looks through IPv4-mapped addresses itself.
  if (LOOPBACK.check(bare, family)) return 'loopback';
  return PRIVATE.check(bare, family) ? 'private' : 'public';
}

/** Why that peer is refused, as a sentence for a log, or undefined when it may use the proxy. `lan`: the user opened it to the network. */
export function peerRefusal(address: string | undefined, lan: boolean): string | undefined {
  const scope = peerScope(address);
  if (scope === 'loopback' || (scope === 'private' && lan)) return undefined;
  const who = address ?? 'A peer without an address';
  return scope === 'private'
    ? `${who} is another machine, and the proxy is for this one alone; open it to the local network to allow it.`
    : `${who} is not in the local network; the proxy never serves the public Internet.`;
}
