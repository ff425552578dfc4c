/** HTTPS, 10 MB: downloads, where moving bytes is all there is. */
import type { Scenario } from './scenario.ts';
import { rateMetrics, secureThroughput } from './throughput.ts';

export const https10mb: Scenario = {
  name: 'https-10mb',
  title: 'HTTPS, 10 MB',
  note: '4 keep-alive connections through CONNECT and TLS, HTTP/1.1, one request at a time on each; body bytes received.',
  metrics: rateMetrics('MB'),
  run: (turn) => secureThroughput(turn, { path: '/10m', connections: 4 }),
};
