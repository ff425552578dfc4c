/** `npm run bench -- store`: fills a capture to each size in turn, measures the store by itself and the program from outside, and reports. */

import { existsSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { facts } from '../environment.ts';
import { withoutPaths } from '../report/tables.ts';
import { scratch } from '../scratch.ts';
import { machineTicks, neighbours } from '../system/machine-load.ts';
import type { Processes, Program } from '../system/processes.ts';
import { residentOf, watchResident } from '../system/resident-watch.ts';
import { parseStoreOptions, STORE_HELP } from './store-options.ts';
import { type SizeResult, storeSection, withStoreSection } from './store-section.ts';
import { RARE_WORD } from './traffic.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).slice(0, -1);
const MEASURE = fileURLToPath(new URL('./measure-store.ts', import.meta.url));
const SLUICE = join(ROOT, 'host', 'cli', 'main.mjs');
const MB = 1e6;

const TOLD = [
  'Sessions are made by one thread and written by the store’s worker as traffic is: request, response, and a body of about 1 KB that no other ' +
    'has, or every tenth time one of 50 files of 20 KB; each size adds to the capture of the one before.',
  '“First page” is the newest 100 rows as a window asks for them, the 95th percentile of 21 times; “first time” is without an index, which ' +
    'the store makes when a large list is first sorted by a column. “Half way down” is the page in the middle of the list.',
  'What is to be reached is judged at the largest size.',
  'Counts come in steps; “all counted” is the time until the exact number of matching sessions is known for the first time.',
  'Memory of the store is that of a process that makes sessions, writes them and asks all this; that of the host is `sluice record` with the ' +
    'capture open.',
];

const say = (text: string) => void process.stderr.write(`bench: ${text}\n`);

type Line = Readonly<Record<string, unknown>> & { readonly what: string };

/** Every line that a program prints until it ends. @throws Error with its complaint when it ends in failure */
async function* linesOf(program: Program): AsyncGenerator<string> {
  for (;;) {
    let line: string;
    try {
      line = await program.line();
    } catch (error) {
      if (program.complaint() !== '' && !(error instanceof Error && error.message.endsWith('without a word')))
        say(program.complaint());
      return;
    }
    yield line;
  }
}

/** What the measuring process says, as rows of the report. */
function rowsOf(line: Line): [string, number][] {
  const n = (name: string) => Number(line[name]);
  switch (line.what) {
    case 'ingest':
      return [
        ['ingest, sessions/s', n('perSecond')],
        ['ingest, µs of processor a session (making it included)', n('cpuMicros')],
        ['ingest, most memory, MB', n('rss')],
        ['on disk, MB', n('bytes') / MB],
      ];
    case 'close':
      return [['close, ms', n('closeMs')]];
    case 'open':
      return [
        ['open for reading, ms', n('readMs')],
        ['then the newest page, ms', n('firstPageMs')],
        ['open for writing, ms', n('writeMs')],
      ];
    case 'filter':
      return [
        [`filter ${line.text}: first page, ms`, n('p95')],
        [`filter ${line.text}: first time, ms`, n('firstMs')],
        [`filter ${line.text}: all counted, ms`, n('countMs')],
      ];
    case 'order':
      return [
        [`first page by ${line.by}, ms`, n('p95')],
        [`by ${line.by}: first time, ms`, n('firstMs')],
        [`by ${line.by}: making the index, ms`, n('indexMs')],
        [`by ${line.by}: half way down, ms`, n('middleP95')],
      ];
    case 'get':
      return [['one session by id, ms', n('p95')]];
    case 'memory':
      return [['memory of the store after all this, MB', n('rss')]];
    default:
      return [];
  }
}

class Bench {
  readonly #processes: Processes;
  readonly #folder: string;
  readonly #capture: string;

  constructor(processes: Processes, folder: string) {
    this.#processes = processes;
    this.#folder = folder;
    this.#capture = join(folder, 'bench.sluice');
  }

  async size(from: number, to: number): Promise<SizeResult> {
    const values = new Map<string, number>();
    const program = await this.#node([MEASURE, this.#capture, String(from), String(to)]);
    for await (const line of linesOf(program)) {
      for (const [row, value] of rowsOf(JSON.parse(line))) values.set(row, value);
    }
    if (!values.has('memory of the store after all this, MB')) throw new Error(program.complaint());
    await this.#host(values);
    await this.#search(values);
    await this.#export(values, to);
    return { size: to, values };
  }

  #node(args: readonly string[]) {
    return this.#processes.start([process.execPath, ...args], {
      env: { HOME: this.#folder, TMPDIR: this.#folder },
    });
  }

  /** The whole program with the capture open. */
  async #host(values: Map<string, number>): Promise<void> {
    const data = join(this.#folder, 'data');
    const at = performance.now();
    const host = await this.#node([
      SLUICE,
      'record',
      '--json',
      '--port',
      '0',
      '--data',
      data,
      '--capture',
      this.#capture,
    ]);
    await host.line();
    values.set('whole host: started with the capture, ms', performance.now() - at);
    values.set('whole host with the capture open, MB', residentOf(host.pid)() / MB);
    await host.end('SIGINT');
  }

  /** By the command line, where it can search. */
  async #search(values: Map<string, number>): Promise<void> {
    const at = performance.now();
    const program = await this.#node([SLUICE, 'search', this.#capture, RARE_WORD]);
    let first: number | undefined;
    for await (const _ of linesOf(program)) first ??= performance.now() - at;
    await program.ended;
    // This program has no such command, or it found nothing.
    if (first === undefined) return;
    values.set('sluice search for a rare word: first line, ms', first);
    values.set('sluice search for a rare word: all, ms', performance.now() - at);
  }

  async #export(values: Map<string, number>, size: number): Promise<void> {
    const out = join(this.#folder, 'out.har');
    const at = performance.now();
    const program = await this.#node([SLUICE, 'export', this.#capture, '--format', 'har', '--out', out]);
    using memory = watchResident(residentOf(program.pid));
    await program.ended;
    // Without the file there is nothing to tell.
    if (!existsSync(out)) return say(program.complaint());
    values.set('HAR export, sessions/s', (size / (performance.now() - at)) * 1000);
    values.set('HAR export, most memory, MB', memory.peak() / MB);
    rmSync(out, { force: true });
  }
}

/** @throws UsageError */
export async function runStoreBench(args: readonly string[], resultsFile: string): Promise<void> {
  const options = parseStoreOptions(args, resultsFile);
  if (options.help) {
    process.stdout.write(`${STORE_HELP}\n`);
    return;
  }
  const started = new Date();
  const ticks = machineTicks();
  const { folder, processes } = scratch();
  const bench = new Bench(processes, folder);
  const results: SizeResult[] = [];
  let last = 0;
  for (const size of options.sizes) {
    say(`${size} sessions`);
    results.push(await bench.size(last + 1, size));
    last = size;
  }
  await processes[Symbol.asyncDispose]();
  const section = storeSection({
    started,
    minutes: (Date.now() - started.getTime()) / 60_000,
    command: options.command,
    facts: (await facts([])).filter(([what]) => ['Processor', 'System', 'Sluice at', 'Load'].includes(what)),
    results,
    told: [...TOLD, neighbours(ticks, machineTicks())],
  });
  const text = withoutPaths(section, [ROOT, tmpdir(), homedir()]);
  if (options.out === undefined) process.stdout.write(text);
  else {
    const before = await readFile(options.out, 'utf8').catch(() => '');
    await writeFile(options.out, withStoreSection(before, text));
  }
}
