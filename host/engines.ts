/** The engines that can be chosen by name. Each is loaded only when it is the one. */

import { SluiceError } from '#model/errors.ts';
import type { EngineFactory } from '#proxy-core/engine/engine.ts';

const ENGINES: Readonly<Record<string, () => Promise<EngineFactory>>> = {
  wire: async () => (await import('#proxy-core/engine/wire-engine/wire-engine.ts')).createWireEngine,
  'http-mitm-proxy': async () =>
    (await import('#proxy-core/engine/http-mitm-proxy/adapter.ts')).createHttpMitmProxyEngine,
};

export const DEFAULT_ENGINE = 'wire';
export const engineNames = (): string[] => Object.keys(ENGINES);

/** The factory of the engine called `name`. @throws SluiceError `usage` naming those there are. */
export function loadEngine(name: string): Promise<EngineFactory> {
  const load = Object.hasOwn(ENGINES, name) ? ENGINES[name] : undefined;
  if (load) return load();
  throw new SluiceError('usage', `There is no engine "${name}": choose ${engineNames().join(' or ')}.`);
}
