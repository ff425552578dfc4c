/** The command line of the bench: what to run, and how long. */
import { parseArgs } from 'node:util';
import { ALL_SCENARIOS } from './scenarios/all-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options {
  readonly help: boolean;
  readonly short: boolean;
  readonly scenarios: readonly Scenario[];
  /** Names of the peers, in the order of `allPeers`. */
  readonly peers: readonly string[];
  readonly engine: string | undefined;
  readonly rounds: number;
  readonly seconds: number;
  /** Where the report goes; undefined: it is printed. */
  readonly out: string | undefined;
  /** The command for the report: as typed, without the path of --out. */
  readonly command: string;
}

/** The user's mistake, in one sentence. */
export class UsageError extends Error {}

export const PEER_NAMES = [
  'direct',
  'sluice',
  'sluice-200-rules',
  'squid',
  'http-mitm-proxy',
  'mockttp',
  'mitmproxy',
] as const;
const SHORT_PEERS = ['sluice', 'squid', 'http-mitm-proxy'];
const FULL = { rounds: 5, seconds: 1.5 };
const SHORT = { rounds: 3, seconds: 0.6 };

export const HELP = `npm run bench -- [options]   measures Sluice beside other proxies and writes a report
npm run bench -- checks        measures how right and how fast the security checks are

  store            captures of many sessions instead: npm run bench -- store --help
  workbench        the workbench in Chromium instead: npm run bench -- workbench --help
  --short          under a minute: HTTP and HTTPS of 1 KB against Squid and http-mitm-proxy; Sluice’s memory
  --only a,b       these scenarios: ${ALL_SCENARIOS.map(({ name }) => name).join(', ')}
  --peers a,b      these: ${PEER_NAMES.join(', ')}
  --engine NAME    Sluice's engine; default: the one it takes by itself
  --rounds N       rounds; default ${FULL.rounds}, short ${SHORT.rounds}
  --seconds N      length of each measurement under load; default ${FULL.seconds}, short ${SHORT.seconds}
  --out FILE       write the report there; default: bench/RESULTS.md when everything is measured, else it is printed`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  short: { type: 'boolean' },
  only: { type: 'string' },
  peers: { type: 'string' },
  engine: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  out: { type: 'string' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The members of a list with commas, in the order of `all`. */
function chosen(what: string, list: string, all: readonly string[]): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no ${what} "${unknown}": choose from ${all.join(', ')}.`);
  return all.filter((name) => names.includes(name));
}

function positive(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!(value > 0) || value > 3600) throw new UsageError(`--${name} needs a number above 0, not "${text}".`);
  return value;
}

/** A word as a shell takes it. */
const quoted = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

function shownCommand(args: readonly string[]): string {
  const shown = args.filter((word, index) => !word.startsWith('--out') && args[index - 1] !== '--out');
  return ['npm run bench', ...(shown.length > 0 ? ['--', ...shown.map(quoted)] : [])].join(' ');
}

/** @throws UsageError */
export function parseOptions(args: readonly string[], results: string): Options {
  const given = parse(args);
  const short = given.short ?? false;
  const usual = short ? SHORT : FULL;
  const names = ALL_SCENARIOS.filter((scenario) => !short || scenario.short).map(({ name }) => name);
  const wanted =
    given.only === undefined
      ? names
      : chosen(
          'scenario',
          given.only,
          ALL_SCENARIOS.map(({ name }) => name),
        );
  const peers =
    given.peers === undefined ? (short ? SHORT_PEERS : PEER_NAMES) : chosen('peer', given.peers, PEER_NAMES);
  const everything = !short && given.only === undefined && given.peers === undefined;
  return {
    help: given.help ?? false,
    short,
    scenarios: ALL_SCENARIOS.filter(({ name }) => wanted.includes(name)),
    peers,
    engine: given.engine,
    rounds: Math.ceil(positive('rounds', given.rounds, usual.rounds)),
    seconds: positive('seconds', given.seconds, usual.seconds),
    out: given.out ?? (everything ? results : undefined),
    command: shownCommand(args),
  };
}
