/** The first request to a host that the proxy has never seen: two handshakes, and a certificate to make. */
import { openTls } from '../load/connection.ts';
import { getRequest } from '../load/http1.ts';
import { exchange } from '../load/single.ts';
import { BODY } from '../origin/bodies.ts';
import { median } from '../statistics.ts';
import { type Scenario, secureConnection } from './scenario.ts';

/** In each round; no host is used twice with the same proxy. */
export const HOSTS_PER_ROUND = 20;

export const newHost: Scenario = {
  name: 'new-host',
  title: 'First request to a new host',
  note:
    `${HOSTS_PER_ROUND} hosts in each round, one after the other, each new to the proxy and with a certificate, an address and a name ` +
    '(SNI) of its own. From the start of the connection; median of the hosts.',
  metrics: [
    { id: 'handshake', title: 'to the end of the handshake, ms', unit: 'ms', digits: 1 },
    { id: 'response', title: 'to the end of the response, ms', unit: 'ms', digits: 1 },
  ],
  run: async (turn) => {
    const first = turn.round * HOSTS_PER_ROUND;
    const hosts = turn.origin.newHosts.slice(first, first + HOSTS_PER_ROUND);
    const port = turn.origin.httpsPort;
    const handshakes: number[] = [];
    const responses: number[] = [];
    const request = async (address: string, serverName: string) => {
      const from = performance.now();
      const socket = await openTls(turn.route, { address, port, serverName }, 'http/1.1');
      const opened = performance.now();
      try {
        await exchange(socket, getRequest('/1k', `${address}:${port}`), BODY['/1k']);
        handshakes.push(opened - from);
        responses.push(performance.now() - from);
      } finally {
        socket.destroy();
      }
    };
    // What a program loads when it is first used is not what a new host costs.
    const warming = await secureConnection(turn);
    await exchange(warming, getRequest('/1k', `127.0.0.1:${port}`), BODY['/1k']);
    warming.destroy();
    for (const { address, name } of hosts) await request(address, name);
    return {
      values: { handshake: median(handshakes), response: median(responses) },
      requests: hosts.length + 1,
    };
  },
};
