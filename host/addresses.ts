/** How the addresses that the proxy listens on are written for those who are to use them. */
import { isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

const ANY = new Set(['0.0.0.0', '::', '']);

/** `host:port`, IPv6 in brackets. */
export const hostPort = (host: string, port: number): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** Where a client on this machine points its proxy setting: an address, also when all are listened on. */
export const localProxy = (host: string, port: number): string =>
  hostPort(ANY.has(host) ? '127.0.0.1' : host, port);

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Where a phone in the same network points its proxy setting; undefined when only loopback is listened on. */
export function lanProxy(
  host: string,
  port: number,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string | undefined {
  if (isLoopback(host)) return undefined;
  if (!ANY.has(host)) return hostPort(host, port);
  const outward = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  return outward && hostPort(outward.address, port);
}
