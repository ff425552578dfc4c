/**
 * Is a connected peer Sluice itself? Asked of the address that was really reached, after name resolution, so that no spelling of it
 * (decimal, octal, IPv4-mapped, a name that changes its mind) gets around the answer.
 */
import { networkInterfaces } from 'node:os';

/** An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as IPv4, without scope id. */
export function plainAddress(address: string): string {
  const bare = (address.split('%', 1)[0] ?? '').toLowerCase();
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
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
