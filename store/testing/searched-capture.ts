/** For the search's tests: captures of given sessions, an index of them, and what a search finds in short. */
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { SearchFound, SearchHit, SearchItem, SearchProgress } from '#model/search.ts';
import { SEARCH_PLACES } from '#model/search.ts';
import type { FullSession } from '#model/session.ts';
import type { CaptureStore } from '../capture-store.ts';
import { openCapture } from '../open-capture.ts';
import { type CompiledQuery, find, type SearchIndex } from '../search/find.ts';
import { Indexer } from '../search/indexer.ts';
import type { ContentDecoder } from '../search/parts.ts';
import { SearchCapture } from '../search/search-capture.ts';
import { record, temporaryFolder } from '../testing.ts';

const CODINGS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  deflate: inflateSync,
};

/** Stands in for the host's: whole bodies of one coding. */
export const decodeWhole: ContentDecoder = (bytes, coding, maxBytes) => {
  const decoded = CODINGS[coding]?.(bytes) ?? bytes;
  return { bytes: decoded.subarray(0, maxBytes), cut: decoded.length > maxBytes };
};

/** An index that knows nothing: every session is read. */
export const NO_INDEX: SearchIndex = { bits: () => undefined, distrust: () => {} };

export interface SearchedCapture extends AsyncDisposable {
  readonly path: string;
  readonly store: CaptureStore;
  readonly capture: SearchCapture;
}

/** A capture of these sessions, open for writing and for searching. */
export async function searchedCapture(
  sessions: readonly FullSession[],
  maxBytes?: number,
): Promise<SearchedCapture> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'a.sluice');
  const store = await openCapture(path, 'create');
  await record(store, ...sessions);
  const options = { folder: path, decode: decodeWhole, ...(maxBytes === undefined ? {} : { maxBytes }) };
  const capture = new SearchCapture(options);
  return {
    path,
    store,
    capture,
    async [Symbol.asyncDispose]() {
      capture[Symbol.dispose]();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

/** An indexer that has taken in everything there is. */
export async function indexed(capture: SearchCapture): Promise<Indexer> {
  const indexer = new Indexer(capture);
  await takeAll(indexer);
  return indexer;
}

/** Answers how many sessions were taken in. */
export async function takeAll(indexer: Indexer): Promise<number> {
  let taken = 0;
  while (await indexer.step()) taken += 1;
  return taken;
}

/** A query for text anywhere; `change` says what is different. */
export const looking = (text: string, change: Partial<CompiledQuery> = {}): CompiledQuery => ({
  text,
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  places: [...SEARCH_PLACES],
  filter: { type: 'all' },
  newestFirst: false,
  limit: 10_000,
  ...change,
});

export interface Result {
  readonly found: readonly SearchFound[];
  readonly progress: SearchProgress;
}

export async function resultOf(items: AsyncIterable<SearchItem>): Promise<Result> {
  const found: SearchFound[] = [];
  let last: SearchProgress | undefined;
  for await (const item of items) {
    found.push(...item.found);
    last = item.progress;
  }
  if (last === undefined) throw new Error('the search said nothing');
  return { found, progress: last };
}

export const search = (capture: SearchCapture, index: SearchIndex, query: CompiledQuery): Promise<Result> =>
  resultOf(find(capture, index, query));

/** `id part start-end` of each hit. */
export const places = ({ found }: Result): string[] =>
  found.flatMap(({ row, hits }) => hits.map((hit) => `${row.id} ${place(hit)}`));

const place = ({ part, index, start, end }: SearchHit) =>
  `${part}${index === undefined ? '' : `#${index}`} ${start}-${end}`;
