/** What the tests of TLS with clients share: an authority for the file, an acceptor on it, and Node as a client of it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Authority } from '#certs/authority.ts';
import { openAuthority } from '#certs/open-authority.ts';
import { type TlsAcceptor, type TlsAcceptorOptions, tlsAcceptor } from './tls-acceptor.ts';

export const NAME = 'api.sluice.test';

export interface TlsBench {
  /** Made once for the file: its key takes time. */
  readonly authority: () => Authority;
  /** Patient, so that a slow machine does not turn a client that leaves into one that stays. */
  readonly accepting: (options?: Partial<TlsAcceptorOptions>) => Promise<TlsAcceptor>;
  /** For a client that trusts the root. */
  readonly trusting: (site: TlsAcceptor) => ConnectionOptions;
  /** A client whose handshake is over; it trusts the root unless told otherwise. */
  readonly client: (site: TlsAcceptor, options?: ConnectionOptions) => Promise<TLSSocket>;
}

/** To be called once, at the top of a test file. */
export function tlsBench(): TlsBench {
  let made: Authority | undefined;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-inbound-test-'));
    made = await openAuthority({ directory: join(folder, 'authority') });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const authority = () => {
    if (!made) throw new Error('used outside a test');
    return made;
  };
  const trusting = ({ port }: TlsAcceptor): ConnectionOptions => {
    return { port, host: '127.0.0.1', servername: NAME, ca: [authority().certificatePem] };
  };
  return {
    authority,
    trusting,
    accepting: (options = {}) => tlsAcceptor({ authority: authority(), judgeMs: 10_000, ...options }),
    client: async (site, options = {}) => {
      const socket = connect({ ...trusting(site), ...options });
      onTestFinished(() => void socket.destroy());
      await once(socket, 'secureConnect');
      return socket;
    },
  };
}
