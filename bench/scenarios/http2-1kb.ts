/** HTTP/2, 1 KB. */
import { openMany } from '../load/connection.ts';
import { measure } from '../load/driver.ts';
import { startHttp2 } from '../load/http2.ts';
import { BODY } from '../origin/bodies.ts';
import { type Scenario, secureConnection } from './scenario.ts';
import { rateMetrics, taken } from './throughput.ts';

const CONNECTIONS = 8;
const STREAMS = 8;

export const http2_1kb: Scenario = {
  name: 'http2-1kb',
  title: 'HTTP/2, 1 KB',
  note: `${CONNECTIONS} connections through CONNECT and TLS, ${STREAMS} streams at a time on each.`,
  metrics: rateMetrics('requests'),
  run: async (turn) => {
    const connections = await openMany(CONNECTIONS, () => secureConnection(turn, 'h2'));
    const authority = `127.0.0.1:${turn.origin.httpsPort}`;
    const load = { connections, streams: STREAMS, path: '/1k', authority, bodyLength: BODY['/1k'] };
    const rate = await measure(startHttp2(load), turn);
    return taken(rate.answers, rate);
  },
};
