/** What tests of the way to origins need: our root, another one that is trusted, and contexts that know both. */
import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import { leafIssuer } from '#certs/leaf-issuer.ts';
import { newRoot, type Root } from '#certs/root-certificate.ts';
import type { ConnectOptions } from '../engine/upstream/connect-context.ts';
import { ConnectContext } from '../engine/upstream/connect-context.ts';
import type { OriginCertificate } from './origin.ts';

export interface ConnectBench {
  readonly own: Root;
  readonly trusted: Root;
  /** A leaf of the trusted root for exactly that host. */
  readonly leaf: (host?: string) => OriginCertificate;
  /** A context with all of `options` that a test does not care about. */
  readonly context: (options?: Partial<ConnectOptions>) => ConnectContext;
}

export async function connectBench(): Promise<ConnectBench> {
  const [own, trusted] = await Promise.all([newRoot('own', new Date()), newRoot('trusted', new Date())]);
  const issue = leafIssuer(trusted, () => new Date());
  return {
    own,
    trusted,
    leaf: (host = 'localhost') => issue(host),
    context: (options = {}) =>
      new ConnectContext({
        authority: { certificatePem: own.certificate.toString() },
        upstreamCa: [trusted.certificate.toString()],
        ownPorts: () => [],
        timeouts: { connect: 5000 },
        ...options,
      }),
  };
}

/** What a test file has opened; put connections in, and they are gone after each test. */
export function openedConnections(): { push(connection: { readonly socket: Socket }): void } {
  const opened: { readonly socket: Socket }[] = [];
  afterEach(() => {
    for (const { socket } of opened.splice(0)) socket.destroy();
  });
  return opened;
}
