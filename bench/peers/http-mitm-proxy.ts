/** The library http-mitm-proxy by itself, without a hook; it makes its own authority. */
import { join } from 'node:path';
import { packageVersion } from '../system/version-of.ts';
import { startNodePeer } from './node-peer.ts';
import type { Peer } from './peer.ts';

export const httpMitmProxy: Peer = {
  name: 'http-mitm-proxy',
  missing: () => undefined,
  version: async () => `http-mitm-proxy ${packageVersion('http-mitm-proxy')}, keepAlive on, no hooks`,
  start: (context) => {
    const authority = join(context.folder, 'certs', 'ca.pem');
    return startNodePeer(context, './http-mitm-proxy-program.ts', [context.folder], authority);
  },
};
