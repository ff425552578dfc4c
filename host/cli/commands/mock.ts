/** `sluice mock`: serves the answers of a capture, as a proxy and in the place of origins, until it is stopped. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import { safeLine } from '#model/safe-text.ts';
import { hostPort } from '../../addresses.ts';
import type { MockSaid } from '../../mock/mock-captures.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { reverseListener } from '../engine-options.ts';
import { exitWith } from '../exit-code.ts';
import { gathered, portNumber, seconds } from '../numbers.ts';
import { say, writeLine } from '../output.ts';
import { stopSignal } from '../stop-signal.ts';

interface MockOptions extends DataOption {
  readonly port?: number;
  readonly host?: readonly string[];
  readonly filter?: string;
  readonly passthrough?: boolean;
  readonly upstreamCa?: readonly string[];
  readonly for?: number;
  readonly json?: boolean;
}

const readPem = (file: string) =>
  readFile(file, 'utf8').catch((cause) => {
    throw new SluiceError('file-unreadable', `The authorities in ${file} cannot be read: check the path.`, {
      cause,
    });
  });

const HOW = { url: '', path: ', for another query', endpoint: ', for another id' } as const;

/** One line for each question. */
export const saidLine = ({ method, url, session, status, how }: MockSaid): string =>
  safeLine(
    session === undefined || how === undefined
      ? `miss ${method} ${url}`
      : `${status} ${method} ${url} (session ${session}${HOW[how]})`,
  );

async function mock(capture: string, options: MockOptions): Promise<0> {
  using stopping = stopSignal();
  const { startMockServer } = await import('../../mock/mock-server.ts');
  const upstreamCa = await Promise.all((options.upstreamCa ?? []).map(readPem));
  await using server = await startMockServer({
    capture: await capturePath(capture, options),
    filter: options.filter ?? '',
    dataFolder: options.data,
    port: options.port ?? 0,
    reverse: (options.host ?? []).map(reverseListener),
    pass: options.passthrough ?? false,
    upstreamCa,
    said: (said) =>
      options.json ? void writeLine(JSON.stringify({ event: 'asked', ...said })) : say(saidLine(said)),
  });
  const { engine, authority, answers } = server;
  const proxy = hostPort(engine.address.host, engine.address.port);
  const hosts = engine.reverse.map(({ origin, port }) => ({ origin, address: hostPort('127.0.0.1', port) }));
  const ready = { event: 'ready', proxy, hosts, answers, ca: authority.certificateFile, pid: process.pid };
  const text = [
    `Sluice answers from ${answers} recorded sessions`,
    '',
    `  Proxy        http://${proxy}`,
    ...hosts.map(({ origin, address }) => `  Stands for   ${origin} on ${address}`),
    `  Certificate  ${authority.certificateFile}`,
    '',
    options.passthrough
      ? 'What was not recorded goes on to the origin.'
      : 'What was not recorded is answered with 404.',
    'Press Ctrl+C to stop.',
  ].join('\n');
  await writeLine(options.json ? JSON.stringify(ready) : text);
  const timer = options.for === undefined ? undefined : setTimeout(stopping.stop, options.for * 1000);
  await new Promise<void>((resolve) => {
    if (stopping.signal.aborted) resolve();
    else stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
  return 0;
}

export function addMock(program: Command): void {
  withCapture(program.command('mock'))
    .description(
      'serve what a capture has recorded: by URL, else by path, else by endpoint, in recorded order',
    )
    .option('--port <n>', 'port of the proxy; default: any', portNumber)
    .option(
      '--host <[port=]origin>',
      'listen in the place of https://origin too; may be given again',
      gathered,
    )
    .option('--filter <filter>', 'answer only from sessions that pass this filter')
    .option('--passthrough', 'let what was not recorded go on to the origin, in place of 404')
    .option(
      '--upstream-ca <file>',
      'trust these authorities too, for --passthrough; may be given again',
      gathered,
    )
    .option('--for <seconds>', 'stop after this time', seconds)
    .option('--json', 'one JSON object a line: ready first, then each request')
    .action((capture: string, options: MockOptions) => exitWith(() => mock(capture, options)));
}
