/**
 * A capture as a server: an engine that answers from it, as a proxy and, for origins named, in their place. Nothing is recorded. With `pass`, what was not
 * recorded goes on to the origin; otherwise nothing is ever sent anywhere.
 */

import type { Authority } from '#certs/authority.ts';
import { openAuthority } from '#certs/open-authority.ts';
import { SluiceError } from '#model/errors.ts';
import type { Rule } from '#model/rules/rule.ts';
import type { Engine } from '#proxy-core/engine/engine.ts';
import type { ReverseListener } from '#proxy-core/engine/settings.ts';
import { Interception } from '#proxy-core/intercept/interception.ts';
import { openDataFolder } from '../data-folder.ts';
import { DEFAULT_ENGINE, loadEngine } from '../engines.ts';
import { MockCaptures, type MockSaid } from './mock-captures.ts';

export interface MockServerOptions {
  readonly capture: string;
  readonly filter?: string;
  readonly dataFolder?: string | undefined;
  /** Of the proxy; 0: any. */
  readonly port: number;
  readonly reverse?: readonly ReverseListener[];
  readonly pass?: boolean;
  readonly upstreamCa?: readonly string[];
  readonly said?: (said: MockSaid) => void;
}

export interface MockServer extends AsyncDisposable {
  readonly engine: Engine;
  readonly authority: Authority;
  /** How many there are. */
  readonly answers: number;
}

const NOBODY = { write: () => true, drained: async () => {} };

/** @throws SluiceError `not-found` for a capture without an answer that passes the filter, or what opening it says */
export async function startMockServer(options: MockServerOptions): Promise<MockServer> {
  const { capture, filter = '', pass = false, port, reverse = [] } = options;
  await using stack = new AsyncDisposableStack();
  const mocks = stack.use(new MockCaptures(options.said));
  const { answers } = await mocks.load(capture, filter);
  if (answers.size === 0) throw new SluiceError('not-found', `${capture} has no answers to give.`);
  const interception = new Interception({
    sources: { folder: '/', session: async () => undefined, mock: mocks.source },
  });
  const rule: Rule = {
    name: 'mock',
    enabled: true,
    when: '',
    actions: [{ action: 'mock', capture, filter, pass }],
  };
  const [problem] = interception.load({ version: 1, groups: [], rules: [rule] });
  if (problem !== undefined) throw new SluiceError('bad-rules', problem.message);
  const folder = await openDataFolder(options.dataFolder);
  const [factory, authority, { certificatePage }] = await Promise.all([
    loadEngine(DEFAULT_ENGINE),
    openAuthority({ directory: folder.authority }),
    import('#certs/pages/certificate-page.ts'),
  ]);
  let id = 0;
  let address = '';
  const engine = stack.use(
    await factory({
      host: '127.0.0.1',
      port,
      authority,
      sink: NOBODY,
      nextSessionId: () => {
        id += 1;
        return id;
      },
      capturing: () => false,
      upstreamCa: options.upstreamCa ?? [],
      localPage: (request) => certificatePage(authority, { ...request, proxyAddress: address }),
      ownPorts: () => [],
      interception,
      inbound: { reverse },
      // Nobody is asked which versions an origin speaks.
      ...(pass ? {} : { protocol: { http2: 'always' as const } }),
    }),
  );
  address = `127.0.0.1:${engine.address.port}`;
  const parts = stack.move();
  return { engine, authority, answers: answers.size, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}
