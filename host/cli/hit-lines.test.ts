import { describe, expect, it } from 'vitest';
import type { SearchFound, SearchHit, SearchProgress } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { foundLines, hitJson, summaryOf } from './hit-lines.ts';

const hit = (change: Partial<SearchHit> = {}): SearchHit => ({
  part: 'response-body',
  start: 9,
  end: 15,
  snippet: { text: '{"city":"Zürich"}', start: 9, end: 15 },
  ...change,
});
const found = (hits: readonly SearchHit[], more = false): SearchFound => ({
  row: makeSession({ id: 7 }).session.row,
  hits: [...hits],
  more,
});
const progress = (change: Partial<SearchProgress> = {}): SearchProgress => ({
  state: 'done',
  looked: 10,
  total: 10,
  read: 3,
  cut: 0,
  unreadable: 0,
  ...change,
});

describe('lines of hits', () => {
  it('name the session, then each place with its bytes', () => {
    expect(foundLines(found([hit(), hit({ part: 'message', index: 0 })], true), false)).toEqual([
      '7  GET https://api.acme.test/orders/7  200',
      '  response body, bytes 9-15: {"city":"Zürich"}',
      '  message 1, bytes 9-15: {"city":"Zürich"}',
      '  and more in this session',
    ]);
  });

  it('let the hit stand out on a terminal', () => {
    expect(foundLines(found([hit()]), true)[1]).toBe(
      '  response body, bytes 9-15: {"city":"\u001b[1mZürich\u001b[22m"}',
    );
  });

  it('keep captured text from commanding the terminal', () => {
    const snippet = { text: '\u001b[2Ja\nb', start: 4, end: 5 };
    expect(foundLines(found([hit({ snippet })]), false)[1]).toBe(
      '  response body, bytes 9-15: \\u{1b}[2Ja b',
    );
  });
});

it('a hit as JSON has what it takes to find it again', () => {
  expect(JSON.parse(hitJson(found([hit()]), hit()))).toEqual({
    session: 7,
    method: 'GET',
    url: 'https://api.acme.test/orders/7',
    status: 200,
    part: 'response-body',
    start: 9,
    end: 15,
    snippet: { text: '{"city":"Zürich"}', start: 9, end: 15 },
    more: false,
  });
});

describe('the summary', () => {
  it('says how much was looked at, and nothing more when that is all', () => {
    expect(summaryOf(progress(), 1, 1)).toEqual(['1 hit in 1 session; 10 of 10 sessions looked at']);
  });

  it('says what was left out', () => {
    expect(summaryOf(progress({ state: 'limit', looked: 4, cut: 1, unreadable: 2 }), 5, 2)).toEqual([
      '5 hits in 2 sessions; 4 of 10 sessions looked at',
      'There may be more: it stopped at the limit.',
      'Of 1 session only the first 16 MiB of a body were searched.',
      '2 sessions could not be read: the capture is damaged there.',
    ]);
  });
});
