/** Runs a host from its start to a signal, the end of its time, or the closing of its window. */
import { SluiceError } from '#model/errors.ts';
import type { Host } from '../host-options.ts';
import type { ExitCode } from './exit.ts';
import { say, writeLine } from './output.ts';
import { hostOptions, type RecordOptions } from './record-options.ts';
import { stopSignal } from './stop-signal.ts';

/** Ctrl-C ends within 2 s, come what may. */
const CLOSE_LIMIT_MS = 1900;

/** Called once the host is up; `stop` ends it. What it answers is disposed of before the host is. */
export type WhenReady = (host: Host, stop: () => void) => Promise<AsyncDisposable>;

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function connectText(host: Host): Promise<string> {
  const { trustInstructions } = await import('#certs/trust-instructions.ts');
  const [own] = trustInstructions({
    certificateFile: host.caFile,
    certificateUrl: 'http://sluice.cert/',
    proxy: host.proxy,
    platform: process.platform,
  });
  return [
    `Sluice is recording to ${host.capture}`,
    '',
    `  Proxy        http://${host.proxy}`,
    ...host.reverse.map(({ address, origin }) => `  Stands for   ${origin} on ${address}`),
    `  Workbench    ${host.uiAddress}`,
    `  Certificate  ${host.caFile}`,
    '',
    'To read HTTPS, a client has to trust the certificate:',
    `  for one run: curl --proxy http://${host.proxy} --cacert '${host.caFile}' https://example.com/`,
    ...(own ? [`  on ${own.system}:`, ...own.steps.map((step) => `    ${step}`)] : []),
    '  elsewhere: open http://sluice.cert/ in a client that uses the proxy.',
    '',
    'Press Ctrl+C to stop.',
  ].join('\n');
}

/** Sets the breakpoints that were asked for, and asks at them. @throws SluiceError `filter-syntax` */
async function startPrompt(host: Host, options: RecordOptions): Promise<AsyncDisposable | undefined> {
  if (options.break === undefined) return undefined;
  const at = options.breakAt ?? 'request';
  host.rules.setBreakpoints(options.break.map((filter) => ({ filter, at })));
  const { breakPrompt } = await import('./break-prompt.ts');
  return breakPrompt({ breakpoints: host.interception.breakpoints, rules: host.rules });
}

export interface Telling {
  /** Gets what is said of the start and the end; default: standard output. */
  readonly tell?: (text: string) => Promise<void> | void;
  /** What people are told at the start; default: where to connect, and how to trust. */
  readonly readyText?: (host: Host) => string | Promise<string>;
}

/** Resolves with the exit code once everything is on disk. */
export async function runHost(
  options: RecordOptions,
  whenReady?: WhenReady,
  { tell = writeLine, readyText = connectText }: Telling = {},
): Promise<ExitCode> {
  using stopping = stopSignal();
  const { createHost } = await import('../create-host.ts');
  await using host = await createHost(hostOptions(options));
  for (const notice of host.notices) say(`sluice: ${notice}`);
  const ready = {
    event: 'ready',
    proxy: host.proxy,
    ui: host.uiAddress,
    ca: host.caFile,
    capture: host.capture,
    pid: process.pid,
    ...(host.reverse.length > 0 ? { reverse: host.reverse } : {}),
  };
  await tell(options.json ? JSON.stringify(ready) : await readyText(host));
  const prompt = await startPrompt(host, options);
  const timer = options.for === undefined ? undefined : setTimeout(stopping.stop, options.for * 1000);
  const window = await whenReady?.(host, stopping.stop);
  await aborted(stopping.signal);
  clearTimeout(timer);
  await prompt?.[Symbol.asyncDispose]();
  await window?.[Symbol.asyncDispose]();
  const sessions = await closeInTime(host);
  for (const notice of host.checkNotices()) say(`sluice: ${notice}`);
  await tell(
    options.json
      ? JSON.stringify({ event: 'stopped', sessions })
      : `Stopped: ${sessions} sessions in ${host.capture}`,
  );
  return 0;
}

async function closeInTime(host: Host): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new SluiceError('internal', 'Not everything could be written in time; the capture holds what was.'),
      );
    }, CLOSE_LIMIT_MS);
  });
  try {
    return await Promise.race([host.close(), late]);
  } finally {
    clearTimeout(timer);
  }
}
