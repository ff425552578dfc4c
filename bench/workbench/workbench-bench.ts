/** `npm run bench -- workbench`: the program with a large capture, Chromium on its workbench, a live feed through its proxy; measures and reports. */

import { readFile, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { facts } from '../environment.ts';
import { withoutPaths } from '../report/tables.ts';
import { scratch } from '../scratch.ts';
import { median, quantile } from '../statistics.ts';
import { machineTicks, neighbours } from '../system/machine-load.ts';
import type { Processes, Program } from '../system/processes.ts';
import { type Figure, withWorkbenchSection, workbenchSection } from '../workbench-section.ts';
import { firstLoadBytes } from './first-load.ts';
import {
  delays,
  filtering,
  forget,
  goToEnd,
  heapOf,
  loading,
  scrolling,
  seenLive,
  slopePerMinute,
} from './measure-page.ts';
import { parseWorkbenchOptions, WORKBENCH_HELP, type WorkbenchOptions } from './workbench-options.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).slice(0, -1);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const SLUICE = join(ROOT, 'host', 'cli', 'main.ts');
const LOADS = 5;
const SCROLL_SECONDS = 10;
const FILTER_ROUNDS = 5;
const LIVE_SECONDS = 20;
/** Before the heap is looked at: caches fill up to their limits. */
const SETTLE_SECONDS = 30;
const HEAP_EVERY_MS = 10_000;
const MB = 1e6;

const TOLD = (options: WorkbenchOptions) => [
  'The capture is that of the store’s bench; the feed are real requests through the proxy, recorded and checked as they are always. Program, origin, clients and browser share the machine.',
  `Loading is the median of ${LOADS} windows, each in a fresh profile, with the whole capture open. Scripts are counted as the page names them, compressed with gzip.`,
  'Scrolling is the wheel turned without a pause, with flings, and a jump to somewhere else in the capture every second.',
  'A filter is typed; from its last key to the first drawn frame in which every row passes it.',
  'A session is visible in the first drawn frame that shows it, or one that came after it, with its status; its end is when its client had all of the answer.',
  `The heap is read after a collection of garbage, every ${HEAP_EVERY_MS / 1000} s for ${options.minutes} min under the feed.`,
];

const say = (text: string) => void process.stderr.write(`bench: ${text}\n`);

interface Ready {
  readonly proxy: string;
  readonly ui: string;
}

class WorkbenchBench {
  readonly #processes: Processes;
  readonly #folder: string;
  readonly #options: WorkbenchOptions;
  readonly #figures: Figure[] = [];

  constructor(processes: Processes, folder: string, options: WorkbenchOptions) {
    this.#processes = processes;
    this.#folder = folder;
    this.#options = options;
  }

  async measure(): Promise<readonly Figure[]> {
    const { sessions } = this.#options;
    const capture = join(this.#folder, 'bench.sluice');
    say(`making a capture of ${sessions} sessions`);
    const filling = await this.#node([here('../store/fill-capture.ts'), capture, String(sessions)]);
    await filling.ended;
    const host = await this.#node([
      SLUICE,
      'record',
      '--json',
      '--port',
      '0',
      '--capture',
      capture,
      '--data',
      join(this.#folder, 'data'),
    ]);
    const ready: Ready = JSON.parse(await host.line());
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      chromiumSandbox: process.getuid?.() !== 0,
    });
    try {
      await this.#loading(browser, ready);
      const page = await this.#open(browser, ready);
      say('scrolling');
      this.#figures.push(...(await scrolling(page, SCROLL_SECONDS, '', true)));
      say('filtering');
      const typed = await filtering(page, FILTER_ROUNDS);
      this.#figures.push(
        { what: 'filter: last key to its rows, median', value: median(typed), unit: 'ms' },
        { what: 'filter: last key to its rows, p95', value: quantile(typed, 0.95), unit: 'ms' },
      );
      await this.#live(page, ready);
    } finally {
      await browser.close();
    }
    await host.end('SIGINT');
    return this.#figures;
  }

  #node(args: readonly string[]): Promise<Program> {
    return this.#processes.start([process.execPath, ...args], {
      env: { HOME: this.#folder, TMPDIR: this.#folder },
    });
  }

  async #open(browser: Browser, { ui }: Ready): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript({ path: here('./probe.js') });
    await page.goto(ui);
    return page;
  }

  async #loading(browser: Browser, ready: Ready): Promise<void> {
    say('opening windows');
    const found: { paint: number; rows: number }[] = [];
    for (let i = 0; i < LOADS; i++) {
      const page = await this.#open(browser, ready);
      found.push(await loading(page));
      await page.context().close();
    }
    this.#figures.push(
      { what: 'first paint', value: median(found.map(({ paint }) => paint)), unit: 'ms', atMost: 1000 },
      { what: 'first rows of the capture', value: median(found.map(({ rows }) => rows)), unit: 'ms' },
      {
        what: 'JavaScript before the first paint, gzip',
        value: firstLoadBytes(join(ROOT, 'renderer', 'dist')) / 1000,
        unit: 'KB',
        atMost: 300,
      },
    );
  }

  async #live(page: Page, ready: Ready): Promise<void> {
    const { rate, minutes } = this.#options;
    say(`${rate} sessions a second`);
    // The newest rows are followed where the list stands at its end.
    await goToEnd(page);
    const feed = await this.#node([here('./live-feed.ts'), ready.proxy.replace(/^.*:/, ''), String(rate)]);
    await delay(2000);
    await forget(page);
    const ended = await endedIn(feed, LIVE_SECONDS);
    const late = delays(ended, await seenLive(page));
    this.#figures.push(
      { what: 'live feed, sessions a second', value: ended.length / LIVE_SECONDS, unit: '' },
      { what: 'session to visible row, median', value: median(late), unit: 'ms' },
      { what: 'session to visible row, p95', value: quantile(late, 0.95), unit: 'ms', atMost: 100 },
    );
    const idle = drain(feed);
    this.#figures.push(...(await scrolling(page, SCROLL_SECONDS, ' under the feed', false)));
    await goToEnd(page);
    say(`watching the heap for ${minutes} min`);
    await delay(SETTLE_SECONDS * 1000);
    await this.#heap(page, minutes);
    await feed.end();
    await idle;
  }

  async #heap(page: Page, minutes: number): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    const samples: [at: number, bytes: number][] = [];
    const nodes: number[] = [];
    const until = performance.now() + minutes * 60_000;
    while (performance.now() < until) {
      const heap = await heapOf(cdp);
      samples.push([performance.now(), heap.bytes / MB]);
      nodes.push(heap.nodes);
      // What the probe keeps is not the workbench's.
      await forget(page);
      await delay(HEAP_EVERY_MS);
    }
    const values = samples.map(([, megabytes]) => megabytes);
    this.#figures.push(
      { what: 'heap under the feed, at first', value: values[0] ?? Number.NaN, unit: 'MB' },
      { what: `heap under the feed, after ${minutes} min`, value: values.at(-1) ?? Number.NaN, unit: 'MB' },
      // Flat: what an hour would add to it stays small.
      { what: 'heap under the feed, growth a minute', value: slopePerMinute(samples), unit: 'MB', atMost: 1 },
      { what: 'nodes of the document under the feed, most', value: Math.max(...nodes), unit: '' },
    );
  }
}

/** What the feed says ended within so many seconds. */
async function endedIn(feed: Program, seconds: number): Promise<[number, number][]> {
  const from = performance.timeOrigin + performance.now();
  const ended: [number, number][] = [];
  for (;;) {
    ended.push(...(JSON.parse(await feed.line()) as [number, number][]));
    if ((ended.at(-1)?.[1] ?? 0) > from + seconds * 1000) break;
  }
  return ended.filter(([, at]) => at >= from && at <= from + seconds * 1000);
}

/** Reads what the feed says until it has ended, so that it is never held up. */
async function drain(feed: Program): Promise<void> {
  try {
    for (;;) await feed.line();
  } catch {
    // It has ended.
  }
}

/** @throws UsageError */
export async function runWorkbenchBench(args: readonly string[], resultsFile: string): Promise<void> {
  const options = parseWorkbenchOptions(args, resultsFile);
  if (options.help) {
    process.stdout.write(`${WORKBENCH_HELP}\n`);
    return;
  }
  const started = new Date();
  const ticks = machineTicks();
  const { folder, processes } = scratch();
  const figures = await new WorkbenchBench(processes, folder, options).measure();
  await processes[Symbol.asyncDispose]();
  const wanted = ['Processor', 'System', 'Sluice at', 'Load'];
  const section = workbenchSection({
    started,
    minutes: (Date.now() - started.getTime()) / 60_000,
    command: options.command,
    facts: (await facts([])).filter(([what]) => wanted.includes(what)),
    figures,
    told: [...TOLD(options), neighbours(ticks, machineTicks())],
  });
  const text = withoutPaths(section, [ROOT, tmpdir(), homedir()]);
  if (options.out === undefined) process.stdout.write(text);
  else {
    const before = await readFile(options.out, 'utf8').catch(() => '');
    await writeFile(options.out, withWorkbenchSection(before, text));
  }
}
