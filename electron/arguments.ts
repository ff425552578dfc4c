/**
 * The shell's command line: the options of `sluice record` that make a host, and files to open. Chromium reads its own switches from the
 * same line, so what is not known here is not an error.
 */
import { extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { HostOptions } from '#host/host-options.ts';
import { SluiceError } from '#model/errors.ts';

export interface ShellArguments {
  readonly dataFolder: string | undefined;
  readonly host: HostOptions;
  /** Captures and HAR files, absolute. */
  readonly files: readonly string[];
}

const text = { type: 'string' } as const;
const OPTIONS = {
  data: text,
  capture: text,
  port: text,
  host: text,
  'ui-port': text,
  engine: text,
  'upstream-ca': { type: 'string', multiple: true },
} as const;

export const isCapture = (path: string) => extname(path).toLowerCase() === '.sluice';
export const isHar = (path: string) => extname(path).toLowerCase() === '.har';

function portOf(name: string, value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port <= 65_535) return port;
  throw new SluiceError('usage', `--${name} is a number from 0 to 65535.`);
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads `argv` without its first word, the program; paths are taken from `cwd`. @throws SluiceError `usage`. */
export function readArguments(argv: readonly string[], cwd: string): ShellArguments {
  const { values, positionals } = parseArgs({
    args: argv.slice(1),
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
  });
  const value = (name: keyof typeof OPTIONS): string | undefined => {
    const given = values[name];
    return isText(given) ? given : undefined;
  };
  const path = (name: keyof typeof OPTIONS) => {
    const given = value(name);
    return given === undefined ? undefined : resolve(cwd, given);
  };
  const [capture, host, port, uiPort, engine] = [
    path('capture'),
    value('host'),
    value('port'),
    value('ui-port'),
    value('engine'),
  ];
  const authorities = values['upstream-ca'];
  return {
    dataFolder: path('data'),
    host: {
      ...(capture === undefined ? {} : { capture }),
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: portOf('port', port) }),
      ...(uiPort === undefined ? {} : { uiPort: portOf('ui-port', uiPort) }),
      ...(engine === undefined ? {} : { engine }),
      ...(Array.isArray(authorities)
        ? { upstreamCaFiles: authorities.filter(isText).map((file) => resolve(cwd, file)) }
        : {}),
    },
    files: filesIn(positionals, cwd),
  };
}

const filesIn = (words: readonly string[], cwd: string) =>
  words.filter((word) => isCapture(word) || isHar(word)).map((word) => resolve(cwd, word));
