/**
 * The composition root: makes every part of a running Sluice, joins them, and takes them down in reverse. The command line and the
 * desktop shell both call it, so that what one tests the other ships. It holds no logic of its own.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Authority } from '#certs/authority.ts';
import { SluiceError } from '#model/errors.ts';
import type { Engine, EngineFactory, EngineOptions, LocalRequest } from '#proxy-core/engine/engine.ts';
import { PROBES } from '#security/probes/index.ts';
import { failureNotice } from '#security/reports/check-report.ts';
import { hostPort, lanProxy, localProxy } from './addresses.ts';
import { createBodyViews } from './bodies.ts';
import { startCheckPump } from './check-pump.ts';
import { nameClients } from './clients/name-clients.ts';
import { processFinder } from './clients/process-finder.ts';
import { createProcesses } from './connect/processes.ts';
import { newCapturePath, openDataFolder } from './data-folder.ts';
import { DEFAULT_ENGINE, loadEngine } from './engines.ts';
import { createExports } from './exports.ts';
import { openTriage, triageFile } from './findings/triage-store.ts';
import { createFindingsKeeper } from './findings-keeper.ts';
import { freeSpace } from './free-space.ts';
import { writeHostFile } from './host-file.ts';
import type { Host, HostOptions } from './host-options.ts';
import { openCapture } from './open-capture.ts';
import { openPreferences } from './preferences.ts';
import { createReplays } from './replay/replays.ts';
import { allHandlers } from './rpc/all-handlers.ts';
import { createChanges } from './rpc/changes.ts';
import { serveConnection } from './rpc/connection.ts';
import { startRules } from './rules/start-rules.ts';
import { openCaptureSearch } from './search.ts';
import { startSearchPump } from './search-pump.ts';
import { createAccess } from './server/access.ts';
import { bodyRoute } from './server/body-route.ts';
import { exportRoute, importRoute } from './server/file-routes.ts';
import { startLoopbackServer } from './server/loopback-server.ts';
import { openStaticFiles } from './server/static-files.ts';
import type { Services } from './services.ts';
import { settingsShown } from './settings-shown.ts';
import { startStatusMeter } from './status.ts';

export const DEFAULT_PORT = 8866;
const PORTS_TRIED = 100;
/** How long closing waits for the checks to catch up; what is left `sluice check` finds. */
const CHECKS_GRACE_MS = 500;
const WORKBENCH = fileURLToPath(new URL('../renderer/dist', import.meta.url));

async function readUpstreamCa(files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch((cause) => {
        throw new SluiceError(
          'file-unreadable',
          `The authorities in ${file} cannot be read: check the path.`,
          { cause },
        );
      });
      if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
      throw new SluiceError('file-unreadable', `There is no PEM certificate in ${file}.`);
    }),
  );
}

/** On the port asked for, or, where none was, on the first free one from the default on. */
async function startEngine(
  factory: EngineFactory,
  options: Omit<EngineOptions, 'port'>,
  port: number | undefined,
): Promise<Engine> {
  if (port !== undefined) return factory({ ...options, port });
  for (let tried = DEFAULT_PORT; ; tried += 1) {
    try {
      return await factory({ ...options, port: tried });
    } catch (error) {
      const taken = error instanceof SluiceError && error.code === 'port-in-use';
      if (!taken || tried >= DEFAULT_PORT + PORTS_TRIED) throw error;
    }
  }
}

/** Answers for http://sluice.cert/ and the proxy port; loads the pages when first asked, which a synchronous port cannot wait for. */
async function certificatePages(authority: Authority, proxy: () => string) {
  const { certificatePage } = await import('#certs/pages/certificate-page.ts');
  return (request: LocalRequest) => certificatePage(authority, { ...request, proxyAddress: proxy() });
}

/**
 * Starts a host. Everything it opened is closed again when a part cannot start.
 * @throws SluiceError `port-in-use`, `data-folder`, `authority-unreadable`, `file-unreadable`, `usage` (no such engine), or what the store
 * says of the capture.
 */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  await using stack = new AsyncDisposableStack();
  const startedAt = Date.now();
  const [factory, folder, upstreamCa] = await Promise.all([
    loadEngine(options.engine ?? DEFAULT_ENGINE),
    openDataFolder(options.dataFolder),
    readUpstreamCa(options.upstreamCaFiles ?? []),
  ]);
  const path = options.capture ?? (await newCapturePath(folder));
  const triage = stack.use(await openTriage(options.findings ?? triageFile(path, folder)));
  const [authority, store, runner, files, preferences] = await Promise.all([
    import('#certs/open-authority.ts').then(({ openAuthority }) =>
      openAuthority({ directory: folder.authority }),
    ),
    openCapture(path, 'write').then((opened) => stack.use(opened)),
    import('#security/open-check-runner.ts').then(async ({ openCheckRunner }) =>
      stack.use(await openCheckRunner({ context: { accounts: triage.accounts } })),
    ),
    openStaticFiles(options.workbench ?? WORKBENCH),
    openPreferences(folder.preferences),
  ]);
  if (options.retention !== undefined) await store.setRetention(options.retention);
  const search = stack.use(openCaptureSearch(store.path, { index: true }));
  stack.use(startSearchPump({ store, search }));
  const {
    interception,
    rules,
    scripts,
    notices: ruleNotices,
  } = stack.use(await startRules(options, folder, store));
  const keeper = createFindingsKeeper(store);
  const pump = stack.use(startCheckPump({ store, runner, keeper }));
  const first = store.lastSessionId;
  let last = first;
  const nextSessionId = () => {
    last += 1;
    return last;
  };
  const status = stack.use(
    startStatusMeter({
      store,
      totals: await store.totals(),
      begun: () => last - first,
      checks: () => pump.status(),
      free: () => freeSpace(store.path),
    }),
  );
  const stored = createChanges();
  stack.use(store.onChange(() => stored.ring()));

  const clients = stack.use(
    nameClients(store, options.processLookup === false ? undefined : processFinder()),
  );

  const host = options.host ?? '127.0.0.1';
  let uiPort = 0;
  let proxy = '';
  const engine = stack.use(
    await startEngine(
      factory,
      {
        host,
        authority,
        sink: clients.sink,
        clientArrived: (...client) => clients.arrived(...client),
        nextSessionId,
        capturing: () => status.capturing,
        upstreamCa,
        localPage: await certificatePages(authority, () => proxy),
        ownPorts: () => [uiPort],
        interception,
        ...options.settings,
      },
      options.port,
    ),
  );
  const { port } = engine.address;
  proxy = localProxy(host, port);
  const notices = [...authority.notices, ...store.notices, ...ruleNotices, ...triage.notices];
  if (options.port === undefined && port !== DEFAULT_PORT) {
    notices.push(`Port ${DEFAULT_PORT} is taken; the proxy listens on ${hostPort(host, port)} instead.`);
  }
  const replays = stack.use(createReplays(store, engine));
  const services: Services = {
    store,
    engine,
    authority,
    bodies: createBodyViews(store),
    checks: [...runner.checks, ...PROBES.map(({ info }) => info)],
    keeper,
    triage,
    status,
    stored,
    nextSessionId,
    processes: stack.use(createProcesses()),
    preferences,
    exports: createExports(store),
    replays,
    search,
    rules,
    scripts,
    interception,
    dataFolder: folder.path,
    startedAt,
    settings: settingsShown(options),
    proxy,
    lanProxy: lanProxy(host, port),
    browsersFolder: folder.browsers,
    browserFlags: options.browserFlags ?? [],
    notices,
  };
  const handlers = allHandlers(services);
  const server = stack.use(
    await startLoopbackServer({
      port: options.uiPort ?? 0,
      access: createAccess(),
      files,
      routes: {
        'GET /api/body/': bodyRoute(services.bodies),
        'GET /api/export': exportRoute(store, services.exports),
        'POST /api/import': importRoute(store, nextSessionId),
      },
      onConnection: (socket) => serveConnection(socket, handlers),
    }),
  );
  uiPort = server.port;
  stack.use(await writeHostFile(store.path, { pid: process.pid, address: server.address }));

  const parts = stack.move();
  const close = async () => {
    await replays[Symbol.asyncDispose]();
    await Promise.all([engine.close(), server[Symbol.asyncDispose]()]);
    // Sessions that wait for a process end here.
    await clients[Symbol.asyncDispose]();
    // While the disk is full there is nothing to wait for; the status has said so.
    await store.flush().catch(() => undefined);
    await pump.drain(CHECKS_GRACE_MS);
    // What is with the checks now is not waited for: the worker that has it is ended.
    const stopped = pump[Symbol.asyncDispose]();
    await runner.close();
    await stopped;
    const { sessions } = await store.totals();
    await parts.disposeAsync();
    return sessions;
  };
  let closing: Promise<number> | undefined;
  const result: Host = {
    proxy,
    uiAddress: server.address,
    newWindowAddress: () => server.newWindowAddress(),
    reverse: engine.reverse.map((one) => ({ address: hostPort(host, one.port), origin: one.origin })),
    caFile: authority.certificateFile,
    caFingerprint: authority.fingerprint,
    capture: store.path,
    dataFolder: folder.path,
    interception,
    rules,
    scripts,
    notices,
    checkNotices: () => pump.status().failed.map(failureNotice),
    close: () => (closing ??= close()),
    async [Symbol.asyncDispose]() {
      await result.close();
    },
  };
  return result;
}
