/** HTTPS, 1 KB: the everyday case of an intercepting proxy. */
import type { Scenario } from './scenario.ts';
import { rateMetrics, secureThroughput } from './throughput.ts';

export const https1kb: Scenario = {
  name: 'https-1kb',
  title: 'HTTPS, 1 KB',
  note: '32 keep-alive connections through CONNECT and TLS, HTTP/1.1, one request at a time on each.',
  metrics: rateMetrics('requests'),
  short: 'everyone',
  run: (turn) => secureThroughput(turn, { path: '/1k', connections: 32 }),
};
