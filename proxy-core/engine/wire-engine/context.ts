/** What every part of this engine works with. */
import type { Socket } from 'node:net';
import type { Interceptor } from '../../intercept/interceptor.ts';
import type { WireLimits } from '../../wire/limits.ts';
import type { EngineOptions, EngineTimeouts } from '../engine.ts';
import type { HostMatcher } from '../host-pattern.ts';
import type { Recording } from '../recorder.ts';
import type { Deadlines } from './deadlines.ts';
import type { Origins } from './origins.ts';

export interface EngineContext {
  readonly options: EngineOptions;
  readonly timeouts: EngineTimeouts;
  readonly limits: WireLimits;
  readonly deadlines: Deadlines;
  readonly recording: Recording;
  readonly origins: Origins;
  readonly interceptor: Interceptor;
  /** Settings with their defaults filled in. */
  readonly protocol: {
    readonly http2: 'mirror' | 'off' | 'always';
    readonly via: boolean;
    readonly lenient: HostMatcher;
  };
  /** Every client connection that is open; the engine ends them when it closes. */
  readonly sockets: Set<Socket>;
  /** HTTP/2 connections: their peers are told when the engine closes. */
  readonly http2: Set<{ shutDown(): Promise<void> }>;
  /** The port the proxy listens on. */
  readonly port: number;
  /** The engine is being closed: connections end with the answer under way. */
  readonly closing: boolean;
}
