/** HTTPS, 100 KB: a page's script or a long list. */
import type { Scenario } from './scenario.ts';
import { rateMetrics, secureThroughput } from './throughput.ts';

export const https100kb: Scenario = {
  name: 'https-100kb',
  title: 'HTTPS, 100 KB',
  note: '32 keep-alive connections through CONNECT and TLS, HTTP/1.1, one request at a time on each.',
  metrics: rateMetrics('requests'),
  run: (turn) => secureThroughput(turn, { path: '/100k', connections: 32 }),
};
