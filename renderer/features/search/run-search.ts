/** Runs the search that the options say, one at a time: another one ends it. */
import type { RpcClient } from '../../rpc/client.ts';
import { useSearch } from '../../state/search.ts';
import { useSessions } from '../../state/sessions.ts';

/** More would be read by nobody, and narrowing it down is quick. */
export const MOST_HITS = 5000;

let stop: (() => void) | undefined;

function end(): void {
  stop?.();
  stop = undefined;
}

/** Searches for the text as it is now; an empty one takes the results away. */
export function runSearch(rpc: Pick<RpcClient, 'watch'>): void {
  end();
  const { text, options, begin, receive, fail, clear } = useSearch.getState();
  if (text === '') {
    clear();
    return;
  }
  const { filtered, ...query } = options;
  const { filter, total } = useSessions.getState();
  begin(total);
  stop = rpc.watch(
    'search.run',
    { ...query, places: [...query.places], text, filter: filtered ? filter : '', limit: MOST_HITS },
    {
      item: ({ found, progress }) => receive(found, progress),
      error: ({ message }) => fail(message),
    },
  );
}

/** Ends it; what was found stays. */
export function cancelSearch(): void {
  end();
  useSearch.getState().cancel();
}
