import { beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import type { SearchItem } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { useSearch } from '../../state/search.ts';
import { useSessions } from '../../state/sessions.ts';
import { cancelSearch, MOST_HITS, runSearch } from './run-search.ts';

interface Watch {
  readonly name: string;
  readonly params: unknown;
  readonly handlers: { item(item: SearchItem): void; error(error: SluiceError): void };
  stopped: boolean;
}

let watches: Watch[] = [];
const rpc = {
  watch(name: string, params: unknown, handlers: Watch['handlers']) {
    const watch = { name, params, handlers, stopped: false };
    watches.push(watch);
    return () => {
      watch.stopped = true;
    };
  },
} as unknown as Pick<RpcClient, 'watch'>;
const progress = { state: 'running', looked: 1, total: 9, read: 1, cut: 0, unreadable: 0 } as const;
const found = [{ row: makeSession().session.row, hits: [], more: false }];

beforeEach(() => {
  cancelSearch();
  watches = [];
  useSearch.setState(useSearch.getInitialState(), true);
  useSessions.setState(useSessions.getInitialState(), true);
});

describe('running a search', () => {
  it('asks for what the options say', () => {
    useSearch.getState().setText('needle');
    useSearch.getState().setOptions({ caseSensitive: true, places: ['url', 'head'] });
    runSearch(rpc);
    expect(watches.map(({ name, params }) => [name, params])).toEqual([
      [
        'search.run',
        {
          text: 'needle',
          regex: false,
          caseSensitive: true,
          wholeWord: false,
          places: ['url', 'head'],
          newestFirst: true,
          filter: '',
          limit: MOST_HITS,
        },
      ],
    ]);
  });

  it('keeps within the filter where that is wanted', () => {
    useSessions.getState().setFilter('host:a.test', undefined);
    useSearch.getState().setText('needle');
    runSearch(rpc);
    useSearch.getState().setOptions({ filtered: true });
    runSearch(rpc);
    expect(watches.map(({ params }) => (params as { filter: string }).filter)).toEqual(['', 'host:a.test']);
  });

  it('ends the one before, and shows what this one finds', () => {
    useSearch.getState().setText('a');
    runSearch(rpc);
    useSearch.getState().setText('b');
    runSearch(rpc);
    expect(watches.map(({ stopped }) => stopped)).toEqual([true, false]);
    watches[1]?.handlers.item({ found, progress });
    expect(useSearch.getState()).toMatchObject({ sessions: 1, progress });
  });

  it('for nothing takes the results away', () => {
    useSearch.getState().setText('a');
    runSearch(rpc);
    watches[0]?.handlers.item({ found, progress });
    useSearch.getState().setText('');
    runSearch(rpc);
    expect(watches.map(({ stopped }) => stopped)).toEqual([true]);
    expect(useSearch.getState()).toMatchObject({ rows: [], progress: undefined });
  });

  it('says why it cannot be done, and keeps what was found when it is stopped', () => {
    useSearch.getState().setText('a');
    runSearch(rpc);
    watches[0]?.handlers.item({ found, progress });
    cancelSearch();
    expect(useSearch.getState()).toMatchObject({ cancelled: true, sessions: 1 });
    expect(watches[0]?.stopped).toBe(true);
    runSearch(rpc);
    watches[1]?.handlers.error(new SluiceError('bad-request', 'No such pattern.'));
    expect(useSearch.getState().problem).toBe('No such pattern.');
  });
});
