import { beforeEach, describe, expect, it } from 'vitest';
import type { SearchFound, SearchHit, SearchProgress } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { isSearching, useSearch } from './search.ts';

const hit = (start: number): SearchHit => ({
  part: 'response-body',
  start,
  end: start + 1,
  snippet: { text: 'x', start: 0, end: 1 },
});
const found = (id: number, hits: number): SearchFound => ({
  row: makeSession({ id }).session.row,
  hits: Array.from({ length: hits }, (_, i) => hit(i)),
  more: false,
});
const progress = (looked: number, change: Partial<SearchProgress> = {}): SearchProgress => ({
  state: 'running',
  looked,
  total: 100,
  read: 0,
  cut: 0,
  unreadable: 0,
  ...change,
});
const state = useSearch.getState;

beforeEach(() => useSearch.setState(useSearch.getInitialState(), true));

describe('what is found', () => {
  it('becomes rows as it comes: a session, and its hits below', () => {
    state().begin(100);
    expect(isSearching(state())).toBe(true);
    state().receive([found(7, 2)], progress(10));
    state().receive([], progress(20));
    state().receive([found(3, 1)], progress(30));
    expect(state().rows.map((row) => [row.kind, row.found.row.id])).toEqual([
      ['session', 7],
      ['hit', 7],
      ['hit', 7],
      ['session', 3],
      ['hit', 3],
    ]);
    expect([state().hits, state().sessions, state().progress?.looked]).toEqual([3, 2, 30]);
  });

  it('leaves the rows alone when there is nothing new', () => {
    state().begin(100);
    state().receive([found(7, 2)], progress(10));
    const { rows } = state();
    state().receive([], progress(20));
    expect(state().rows).toBe(rows);
  });

  it('begins anew with another search, and when the host does', () => {
    state().begin(100);
    state().receive([found(7, 2)], progress(10));
    state().select(1);
    state().receive([found(7, 2)], progress(5));
    expect([state().rows.length, state().hits, state().sessions, state().selected]).toEqual([3, 2, 1, -1]);
    state().begin(100);
    expect([state().rows.length, state().hits, state().progress?.looked]).toEqual([0, 0, 0]);
  });
});

describe('a search', () => {
  it('is over when it is done, stopped or failed', () => {
    state().begin(100);
    state().receive([], progress(100, { state: 'done' }));
    expect(isSearching(state())).toBe(false);
    state().begin(100);
    state().cancel();
    expect([isSearching(state()), state().cancelled]).toEqual([false, true]);
    state().begin(100);
    expect(state().cancelled).toBe(false);
    state().fail('no such pattern');
    expect([isSearching(state()), state().problem]).toEqual([false, 'no such pattern']);
    state().clear();
    expect([state().progress, state().problem]).toEqual([undefined, undefined]);
  });

  it('keeps its text and options from one to the next', () => {
    state().setText('needle');
    state().setOptions({ regex: true });
    state().setOptions({ places: ['url'] });
    state().begin(1);
    state().clear();
    expect(state()).toMatchObject({
      text: 'needle',
      options: { regex: true, wholeWord: false, places: ['url'], newestFirst: true },
    });
  });
});
