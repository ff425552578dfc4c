/** Facts of sockets in the model's words: addresses, TLS parameters, certificate chains, and numbers for connections. */
import type { Socket } from 'node:net';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateFacts, TlsFacts } from '#model/session.ts';
import { plainAddress } from './own-address.ts';

const MAX_CHAIN = 10;

/** `ip:port` of the peer, IPv6 in brackets, or undefined when the socket is not connected any more. */
export function peerAddress(socket: Socket): string | undefined {
  const { remoteAddress, remotePort } = socket;
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  const address = plainAddress(remoteAddress);
  return address.includes(':') ? `[${address}]:${remotePort}` : `${address}:${remotePort}`;
}

const nameOf = (name: object) =>
  Object.entries(name)
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .join(', ');

function certificateFacts(certificate: DetailedPeerCertificate): CertificateFacts {
  return {
    subject: nameOf(certificate.subject ?? {}),
    issuer: nameOf(certificate.issuer ?? {}),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
    fingerprint256: certificate.fingerprint256,
    ...(certificate.subjectaltname === undefined ? {} : { altNames: certificate.subjectaltname }),
  };
}

/** The certificates above and including `leaf`, leaf first, at most ten; what a peer sends may go round in circles. */
export function certificateChain(leaf: DetailedPeerCertificate | undefined): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  const seen = new Set<string>();
  let next = leaf;
  while (next?.fingerprint256 !== undefined && !seen.has(next.fingerprint256) && chain.length < MAX_CHAIN) {
    seen.add(next.fingerprint256);
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

export function chainFacts(leaf: DetailedPeerCertificate | undefined): CertificateFacts[] {
  return certificateChain(leaf).map(certificateFacts);
}

/** What was agreed on a TLS socket, without certificates. */
export function tlsParameters(socket: TLSSocket): TlsFacts {
  const version = socket.getProtocol();
  const cipher = socket.getCipher()?.name;
  const sni = socket.servername;
  return {
    ...(version ? { version } : {}),
    ...(cipher ? { cipher } : {}),
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    ...(typeof sni === 'string' && sni !== '' ? { sni } : {}),
  };
}

/** What was agreed on a TLS socket; `side` says whether the peer is the origin, whose chain is then told. Undefined for plain sockets. */
export function tlsFacts(socket: Socket, side: 'client' | 'server'): TlsFacts | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const chain = side === 'server' ? chainFacts(socket.getPeerCertificate(true)) : [];
  return { ...tlsParameters(socket), ...(chain.length > 0 ? { chain } : {}) };
}

const numbers = new WeakMap<Socket, number>();
let last = 0;

/** The number of a connection, unique within this process. */
export function connectionNumber(socket: Socket): number {
  const known = numbers.get(socket);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(socket, last);
  return last;
}
