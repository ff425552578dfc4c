/** The scenarios, in the order in which they run. To measure one thing more: its file, a line here, its target in `targets.ts`. */
import { http1kb } from './http-1kb.ts';
import { http2_1kb } from './http2-1kb.ts';
import { https1kb } from './https-1kb.ts';
import { https10mb } from './https-10mb.ts';
import { https100kb } from './https-100kb.ts';
import { idleConnections } from './idle-connections.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { newHost } from './new-host.ts';
import type { Scenario } from './scenario.ts';
import { slowClient } from './slow-client.ts';
import { websocket } from './websocket.ts';

export const ALL_SCENARIOS: readonly Scenario[] = [
  http1kb,
  https1kb,
  https100kb,
  https10mb,
  http2_1kb,
  websocket,
  latency,
  newHost,
  memory,
  slowClient,
  idleConnections,
];
