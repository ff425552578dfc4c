/** What is measured in the browser, one function each: they drive the page as people do, and read what the probe kept. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { quantile } from '../statistics.ts';
import type { Figure } from '../workbench-section.ts';

/** What probe.js keeps in the page. */
interface Probe {
  readonly frames: readonly number[];
  readonly longTasks: readonly (readonly [at: number, ms: number])[];
  readonly seen: readonly (readonly [number: number, at: number])[];
  readonly firstRows: number | undefined;
}

const read = (page: Page): Promise<Probe> => page.evaluate('({ ...sluiceProbe, watching: undefined })');
const reset = (page: Page) => page.evaluate('sluiceProbe.reset()');

export const GRID = '[role=grid][aria-label="Sessions"]';
/** A second has room for sixty frames; one that takes longer than two of them is seen. */
const SLOW_FRAME_MS = 1000 / 30;
/** Rows of the list, those out of sight included. */
const COUNT = `Number(document.querySelector('${GRID}')?.getAttribute('aria-rowcount'))`;
const LONG_TASK_MS = 50;
const POLL_MS = 20;

const p95 = (values: readonly number[]) => (values.length === 0 ? Number.NaN : quantile(values, 0.95));

/** Waits until an expression is true of the page. The page's policy allows no script that is made in it, which Playwright's own waiting is. */
async function met(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate<boolean>(expression))) await delay(POLL_MS);
}

/** First paint and first rows of a page that was just opened, ms. */
export async function loading(page: Page): Promise<{ paint: number; rows: number }> {
  await met(page, 'sluiceProbe.firstRows !== undefined');
  const paint = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()`,
  );
  return { paint, rows: (await read(page)).firstRows ?? Number.NaN };
}

/** Turns the wheel for `seconds`, up and down, and jumps to places far apart. */
async function scroll(page: Page, seconds: number): Promise<void> {
  const box = await page.locator(GRID).boundingBox();
  if (!box) throw new Error('there is no list');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const until = performance.now() + seconds * 1000;
  let turn = 0;
  for (; performance.now() < until; turn += 1) {
    const fling = turn % 120 < 60 ? -1 : 1;
    await page.mouse.wheel(0, fling * (turn % 10 === 0 ? 4000 : 240));
    // Every second or so, a drag of the scrollbar to somewhere else.
    if (turn % 60 === 59)
      await page.evaluate(
        `{ const list = [...document.querySelectorAll('${GRID} *, ${GRID}')].find((one) => one.scrollHeight > one.clientHeight + 1000);` +
          ` if (list) list.scrollTop = list.scrollHeight * ${((turn * 7919) % 1000) / 1000}; }`,
      );
  }
}

export async function scrolling(
  page: Page,
  seconds: number,
  when: string,
  judged: boolean,
): Promise<Figure[]> {
  await reset(page);
  await scroll(page, seconds);
  const { frames, longTasks } = await read(page);
  const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
  const long = longTasks.map(([, ms]) => ms).filter((ms) => ms > LONG_TASK_MS);
  return [
    {
      what: `tasks over ${LONG_TASK_MS} ms while scrolling${when}`,
      value: long.length,
      unit: '',
      ...(judged ? { atMost: 0 } : {}),
    },
    { what: `longest task while scrolling${when}`, value: Math.max(0, ...long), unit: 'ms' },
    { what: `frames while scrolling${when}, a second`, value: gaps.length / seconds, unit: '' },
    { what: `time between frames while scrolling${when}, p95`, value: p95(gaps), unit: 'ms' },
    {
      what: `frames later than ${Math.round(SLOW_FRAME_MS)} ms while scrolling${when}`,
      value: (gaps.filter((gap) => gap > SLOW_FRAME_MS).length / Math.max(1, gaps.length)) * 100,
      unit: '%',
    },
  ];
}

/** Filters, and what every row must show once it is in force. */
export const TYPED: readonly (readonly [filter: string, ...shown: string[]])[] = [
  ['status:404', '404'],
  ['host:h13', 'h13.acme'],
  ['method:post', 'post'],
  ['path:/orders/77', '/orders/77'],
  ['status:500 method:get', '500'],
];

/** From the last keystroke of a filter to the first frame with its rows, ms. */
export async function filtering(page: Page, rounds: number): Promise<number[]> {
  const times: number[] = [];
  const input = page.getByLabel('Filter sessions');
  const all = await page.evaluate<number>(COUNT);
  for (let round = 0; round < rounds; round++) {
    for (const [filter, ...shown] of TYPED) {
      await input.fill(filter.slice(0, -1));
      await input.press('End');
      const until = page.evaluate<number>(`sluiceProbe.until(${JSON.stringify(shown)})`);
      await input.press(filter.slice(-1));
      times.push(await until);
      await input.fill('');
      await met(page, `${COUNT} === ${all}`);
    }
  }
  return times;
}

/** ms from the end of each session to the frame in which it, or a later one, stood finished in the list. */
export function delays(
  ended: readonly (readonly [number: number, at: number])[],
  seen: readonly (readonly [number: number, at: number])[],
): number[] {
  const found: number[] = [];
  let next = 0;
  for (const [number, at] of ended.toSorted(([a], [b]) => a - b)) {
    while (next < seen.length && (seen[next]?.[0] ?? 0) < number) next += 1;
    const first = seen[next];
    // Those at the end have not been shown when the measuring stops.
    if (first === undefined) break;
    found.push(Math.max(0, first[1] - at));
  }
  return found;
}

/** Goes to the newest sessions, where the list follows what comes. */
export async function goToEnd(page: Page): Promise<void> {
  await page.locator(GRID).focus();
  await page.keyboard.press('End');
  // Of a growing list the end may be further by now.
  const newest = page.getByRole('button', { name: /new$/ });
  if (await newest.isVisible()) await newest.click();
}

/** What the list showed of the live feed since the probe was last reset. */
export const seenLive = async (page: Page) => (await read(page)).seen;
export const forget = reset;

/** Bytes that are in use after a collection of garbage, and nodes of the document. */
export async function heapOf(cdp: CDPSession): Promise<{ bytes: number; nodes: number }> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { bytes: usedSize, nodes };
}

/** Growth per minute of values taken at these times (ms), by least squares. */
export function slopePerMinute(samples: readonly (readonly [at: number, value: number])[]): number {
  const mean = (pick: 0 | 1) => samples.reduce((sum, one) => sum + one[pick], 0) / samples.length;
  const [x, y] = [mean(0), mean(1)];
  const over = samples.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  const under = samples.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 60_000;
}
