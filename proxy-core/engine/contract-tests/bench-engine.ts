/** An engine under test with what surrounds it: an authority, a recording sink, origins' certificates. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Authority } from '#certs/authority.ts';
import { openAuthority } from '#certs/open-authority.ts';
import { type RecordingSink, recordingSink } from '../../testing/recording-sink.ts';
import type { Engine, EngineFactory, EngineOptions } from '../engine.ts';

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly port: number;
  readonly sink: RecordingSink;
  /** PEM of the root that clients of the engine trust. */
  readonly ca: string;
}

export interface Surroundings extends AsyncDisposable {
  /** Signs what the engine presents. */
  readonly authority: Authority;
  /** Signs what origins present; the engine trusts it as an upstream authority. */
  readonly upstream: Authority;
  /** A certificate for `localhost` and the like, from `upstream`. */
  readonly tls: { cert: string; key: string };
  start(options?: Partial<EngineOptions>): Promise<TestEngine>;
}

/** Made once for a suite: keys take time. */
export async function surroundings(factory: EngineFactory): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-engine-test-'));
  const [authority, upstream] = await Promise.all([
    openAuthority({ directory: join(folder, 'own') }),
    openAuthority({ directory: join(folder, 'upstream') }),
  ]);
  return {
    authority,
    upstream,
    tls: upstream.leafFor('localhost'),
    async start(options = {}) {
      const sink = recordingSink();
      const engine = await factory({
        host: '127.0.0.1',
        port: 0,
        authority,
        sink,
        nextSessionId: sink.nextSessionId,
        capturing: () => true,
        upstreamCa: [upstream.certificatePem],
        localPage: ({ path, authority: host }) => ({
          status: 200,
          headers: [['Content-Type', 'text/plain']],
          body: Buffer.from(`own page ${host} ${path}`),
        }),
        ownPorts: () => [],
        ...options,
      });
      return {
        engine,
        port: engine.address.port,
        sink,
        ca: authority.certificatePem,
        [Symbol.asyncDispose]: () => engine.close(),
      };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
