import { describe, expect, it } from 'vitest';
import { completeFilter } from '#model/filter/complete.ts';
import { mended, moved, taken } from './completion-keys.ts';

/** The text with the suggestion of that text taken at the cursor, which stands at the |. */
function take(marked: string, wanted: string, values: string[] = []): string {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const completion = completeFilter(text, cursor, () => values);
  const suggestion = completion.suggestions.find((one) => one.text === wanted);
  if (suggestion === undefined) throw new Error(`${wanted} is not suggested`);
  const edit = taken(text, completion, suggestion);
  return `${edit.text.slice(0, edit.cursor)}|${edit.text.slice(edit.cursor)}`;
}

describe('a suggestion that is taken', () => {
  it.each([
    ['ho|', 'host:', 'host:|', []],
    ['a stat|', 'status', 'a status|', []],
    ['status|', 'status>=', 'status>=|', []],
    ['host:ac|', 'acme.test', 'host:acme.test |', ['acme.test']],
    ['(host:ac|)', 'acme.test', '(host:acme.test|)', ['acme.test']],
    ['host:ac| status:2', 'acme.test', 'host:acme.test| status:2', ['acme.test']],
    ['comment:|', '"to do"', 'comment:"to do" |', ['to do']],
    ['a o|', 'or ', 'a or |', []],
  ])('%s: %s', (before, suggestion, after, values) => {
    expect(take(before, suggestion, values)).toBe(after);
  });
});

it('a filter is mended in its place', () => {
  expect(mended('a hots:b c', 2, 6, 'host')).toEqual({ text: 'a host:b c', cursor: 6 });
  expect(mended('~u x', 0, 4, 'url~x')).toEqual({ text: 'url~x', cursor: 5 });
});

it('the arrows go round, by way of none', () => {
  const way = (key: 'ArrowDown' | 'ArrowUp') => {
    const places = [-1];
    for (let i = 0; i < 4; i++) places.push(moved(places.at(-1) ?? -1, key, 3));
    return places;
  };
  expect(way('ArrowDown')).toEqual([-1, 0, 1, 2, -1]);
  expect(way('ArrowUp')).toEqual([-1, 2, 1, 0, -1]);
  expect(moved(-1, 'ArrowDown', 0)).toBe(-1);
});
