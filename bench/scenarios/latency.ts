/** What a proxy adds to one request when there is no other. */
import { setTimeout as delay } from 'node:timers/promises';
import { getRequest } from '../load/http1.ts';
import { exchange } from '../load/single.ts';
import { BODY } from '../origin/bodies.ts';
import { quantile } from '../statistics.ts';
import { type Scenario, secureConnection } from './scenario.ts';

const WARM_UP = 50;
const REQUESTS = 200;
const PAUSE_MS = 2;

export const latency: Scenario = {
  name: 'latency',
  title: 'Latency of one idle connection',
  note: `One HTTPS connection, ${REQUESTS} requests of 1 KB one after the other with ${PAUSE_MS} ms between; from the request’s first byte sent to the response’s last received.`,
  metrics: [
    { id: 'p50', title: 'p50, ms', unit: 'ms', digits: 2 },
    { id: 'p95', title: 'p95, ms', unit: 'ms', digits: 2 },
  ],
  run: async (turn) => {
    const socket = await secureConnection(turn);
    const request = getRequest('/1k', `127.0.0.1:${turn.origin.httpsPort}`);
    const times: number[] = [];
    try {
      for (let i = 0; i < WARM_UP + REQUESTS; i += 1) {
        times.push(await exchange(socket, request, BODY['/1k']));
        await delay(PAUSE_MS);
      }
    } finally {
      socket.destroy();
    }
    const counted = times.slice(WARM_UP);
    return { values: { p50: quantile(counted, 0.5), p95: quantile(counted, 0.95) }, requests: times.length };
  },
};
