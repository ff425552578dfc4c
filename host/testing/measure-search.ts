/**
 * Measures the search of a capture: how fast the index is made, how large it is, and how soon searches find something with it. For the
 * bench: `measureSearch(path)`; by hand: `node host/testing/measure-search.ts CAPTURE [TEXT …]`. It writes the index into the capture.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_PLACES } from '#model/search.ts';
import { type CaptureSearch, indexCapture, openCaptureSearch } from '../search.ts';

export interface SearchFigures {
  readonly sessions: number;
  /** Seconds to index all sessions; undefined when they were indexed already. */
  readonly indexSeconds: number | undefined;
  readonly indexBytes: number;
  readonly searches: readonly SearchTime[];
  readonly rssBytes: number;
}

export interface SearchTime {
  readonly text: string;
  /** Until the first hit, and until all was looked at; newest sessions first. */
  readonly firstMs: number | undefined;
  readonly allMs: number;
  readonly hits: number;
  /** Sessions that were read. */
  readonly read: number;
}

const indexBytes = (path: string) =>
  readdirSync(path)
    .filter((name) => /^search-\d+\.idx$/.test(name))
    .reduce((sum, name) => sum + statSync(join(path, name)).size, 0);

async function timed(search: CaptureSearch, text: string, limit: number): Promise<SearchTime> {
  const query = { text, regex: false, caseSensitive: false, wholeWord: false, places: [...SEARCH_PLACES] };
  const began = performance.now();
  let firstMs: number | undefined;
  let hits = 0;
  let read = 0;
  for await (const item of search.find({ ...query, filter: '', newestFirst: true, limit })) {
    for (const found of item.found) hits += found.hits.length;
    if (hits > 0) firstMs ??= performance.now() - began;
    read = item.progress.read;
  }
  return { text, firstMs, allMs: performance.now() - began, hits, read };
}

/** Brings the index of a capture that nobody writes up to date and searches for each text, to at most `limit` hits. */
export async function measureSearch(
  path: string,
  texts: readonly string[],
  { limit = 1000, told = () => {} }: { limit?: number; told?: (indexed: number, of: number) => void } = {},
): Promise<SearchFigures> {
  const before = indexBytes(path);
  const began = performance.now();
  let indexSeconds: number | undefined;
  let sessions = 0;
  const searches: SearchTime[] = [];
  {
    await using search = openCaptureSearch(path, { index: true });
    ({ sessions } = await indexCapture(search, (status) => told(status.indexed, status.sessions)));
    if (before === 0) indexSeconds = (performance.now() - began) / 1000;
    for (const text of texts) searches.push(await timed(search, text, limit));
  }
  return {
    sessions,
    indexSeconds,
    indexBytes: indexBytes(path),
    searches,
    rssBytes: process.memoryUsage.rss(),
  };
}

if (import.meta.main) {
  const [path = '', ...texts] = process.argv.slice(2);
  const figures = await measureSearch(path, texts, {
    told: (indexed, of) => process.stderr.write(`\r${indexed} of ${of} indexed`),
  });
  process.stdout.write(`\n${JSON.stringify(figures, undefined, 2)}\n`);
}
