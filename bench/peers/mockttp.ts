/** mockttp passing everything through. */
import { packageVersion } from '../system/version-of.ts';
import { startNodePeer } from './node-peer.ts';
import type { Peer } from './peer.ts';

export const mockttp: Peer = {
  name: 'mockttp',
  missing: () => undefined,
  version: async () => `mockttp ${packageVersion('mockttp')}, recordTraffic off`,
  start: (context) => {
    const { cert, key } = context.authority;
    return startNodePeer(context, './mockttp-program.ts', [cert, key], cert);
  },
};
