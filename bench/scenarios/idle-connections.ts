/** Memory that many idle clients cost. */
import { openMany } from '../load/connection.ts';
import { getRequest } from '../load/http1.ts';
import { exchange } from '../load/single.ts';
import { BODY } from '../origin/bodies.ts';
import { SLUICE } from '../peers/sluice.ts';
import { MEGABYTE, type Scenario, secureConnection } from './scenario.ts';

const CONNECTIONS = 10_000;
/** Peers that open connections slowly are asked for fewer, so that a run has an end. */
const LIMIT_MS = { sluice: 60_000, peer: 10_000 };
const AT_ONCE = 32;

export const idleConnections: Scenario = {
  name: 'idle-connections',
  title: 'Idle connections',
  note:
    `HTTPS connections that have made one request each and stay open: ${CONNECTIONS.toLocaleString('en')}, or as many as a peer opens in ` +
    `${LIMIT_MS.peer / 1000} s (Sluice: ${LIMIT_MS.sluice / 1000} s). Open: those that were still there when memory was read.`,
  metrics: [
    { id: 'resident', title: 'memory, MB', unit: 'MB' },
    { id: 'held', title: 'open', unit: '' },
    { id: 'each', title: 'for each, KB', unit: 'KB', digits: 1 },
  ],
  once: true,
  proxiesOnly: true,
  run: async (turn) => {
    const rest = turn.residentBytes();
    const request = getRequest('/1k', `127.0.0.1:${turn.origin.httpsPort}`);
    const deadline = performance.now() + (turn.peer === SLUICE ? LIMIT_MS.sluice : LIMIT_MS.peer);
    let requests = 0;
    const open = async () => {
      if (performance.now() > deadline) return undefined;
      const socket = await secureConnection(turn);
      await exchange(socket, request, BODY['/1k']);
      requests += 1;
      return socket;
    };
    const sockets = await openMany(CONNECTIONS, open, AT_ONCE);
    const held = sockets.filter((socket) => !socket.destroyed).length;
    const resident = turn.residentBytes();
    for (const socket of sockets) socket.destroy();
    return {
      values: {
        resident: resident / MEGABYTE,
        held,
        each: held === 0 ? 0 : (resident - rest) / held / 1000,
      },
      requests,
    };
  },
};
