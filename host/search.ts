/** Searches of a capture as the host and the command line ask for them: filters are text, and the worker is ours. */
import type { SearchIndexStatus, SearchItem, SearchQuery } from '#model/search.ts';
import { openSearch } from '#store/search/open-search.ts';
import { filterOf } from './filter-text.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const SCRIPT = new URL(
  import.meta.url.endsWith('.ts') ? './search-worker.ts' : './search-worker.js',
  import.meta.url,
);

export interface CaptureSearch extends AsyncDisposable {
  /**
   * What is found, as it is found; ends when all has been looked at, with as many hits as were asked for, or with `signal`.
   * @throws SluiceError `filter-syntax`, `bad-request` (no such pattern, no octets after `hex:`), or what the store says of the capture
   */
  find(query: SearchQuery, signal?: AbortSignal): AsyncGenerator<SearchItem>;
  /** See `Search` of the store for these three. */
  ended(groups: readonly number[]): void;
  removed(): void;
  allow(sessions: number): void;
  readonly status: SearchIndexStatus | undefined;
  onStatus(listener: (status: SearchIndexStatus) => void): Disposable;
}

/** `index`: keeps the capture's index up to date as far as `allow` allows; otherwise nothing on disk changes. */
export function openCaptureSearch(path: string, { index }: { readonly index: boolean }): CaptureSearch {
  const search = openSearch({ folder: path, index, script: SCRIPT });
  return {
    find: (query, signal) => search.find({ ...query, filter: filterOf(query.filter) }, signal),
    ended: (groups) => search.ended(groups),
    removed: () => search.removed(),
    allow: (sessions) => search.allow(sessions),
    get status() {
      return search.status;
    },
    onStatus: (listener) => search.onStatus(listener),
    [Symbol.asyncDispose]: () => search.close(),
  };
}

/** Brings the index of a capture that nobody writes up to date, at full speed; for measurements. */
export async function indexCapture(
  search: CaptureSearch,
  told: (status: SearchIndexStatus) => void = () => {},
): Promise<SearchIndexStatus> {
  const { promise, resolve } = Promise.withResolvers<SearchIndexStatus>();
  using _ = search.onStatus((status) => {
    told(status);
    if (!status.working) resolve(status);
  });
  search.allow(Number.MAX_SAFE_INTEGER);
  return await promise;
}
