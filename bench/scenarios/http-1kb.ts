/** HTTP in the clear, 1 KB. */
import type { Scenario } from './scenario.ts';
import { plainThroughput, rateMetrics } from './throughput.ts';

export const http1kb: Scenario = {
  name: 'http-1kb',
  title: 'HTTP, 1 KB',
  note: '32 keep-alive connections, one request at a time on each.',
  metrics: rateMetrics('requests'),
  short: 'everyone',
  run: (turn) => plainThroughput(turn, { path: '/1k', connections: 32 }),
};
