/**
 * Is a connected peer Sluice itself? Asked of the address that was really reached, after name resolution, so that no spelling of it
 * (decimal, octal, IPv4-mapped, a name that changes its mind) gets around the answer.
 */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address in its one canonical spelling (RFC 5952), an IPv4-mapped one (RFC 4291 §2.5.5.2) as IPv4, without scope id. */
export function plainAddress(address: string): string {
  const bare = (address.split('%', 1)[0] ?? '').toLowerCase();
  if (isIP(bare) !== 6) return bare;
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  const octets = [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff]);
  return octets.join('.');
}

/** Whether `address` belongs to this machine. */
export function isThisMachine(address: string): boolean {
  const plain = plainAddress(address);
  if (plain.startsWith('127.') || ['::1', '::', '0.0.0.0'].includes(plain)) return true;
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((entry) => plainAddress(entry.address) === plain),
  );
}

/** The ends of a connected socket, as `net.Socket` names them. */
export interface ConnectedPeer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** True when the peer listens on one of `ports` of this machine. */
export function isOwnPeer(peer: ConnectedPeer, ports: readonly number[]): boolean {
  if (peer.remoteAddress === undefined || peer.remotePort === undefined) return false;
  return ports.includes(peer.remotePort) && isThisMachine(peer.remoteAddress);
}
