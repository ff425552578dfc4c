/** What every part of this engine works with. */
import type { EngineOptions, EngineTimeouts } from '../engine.ts';
import type { Recording } from '../recorder.ts';
import type { Clients } from './clients.ts';
import type { Upstream } from './upstream.ts';

export interface EngineContext {
  readonly options: EngineOptions;
  readonly timeouts: EngineTimeouts;
  readonly recording: Recording;
  readonly upstream: Upstream;
  readonly clients: Clients;
}
