/** No proxy at all: what the load and the origin reach by themselves, and so the most that can be measured of any proxy here. */
import type { Peer } from './peer.ts';

export const direct: Peer = {
  name: 'direct',
  missing: () => undefined,
  version: async () => 'no proxy',
  start: async ({ originCaPem }) => ({
    route: { proxyPort: undefined, ca: originCaPem },
    pid: undefined,
    stop: async () => undefined,
  }),
};
