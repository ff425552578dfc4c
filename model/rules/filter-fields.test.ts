import { expect, it } from 'vitest';
import { parseFilter } from '../filter/parse.ts';
import { conjuncts, filterFields, laterField } from './filter-fields.ts';

function parsed(text: string) {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.filter;
}

it('names every field, however deep', () => {
  expect(filterFields(parsed('host:a (method=GET or not (path:b word)) status:4xx'))).toEqual([
    'host',
    'method',
    'path',
    'status',
    'status',
  ]);
  expect(filterFields(parsed(''))).toEqual([]);
});

it('tells fields that only a response has', () => {
  expect(laterField(parsed('host:a -status:200'))).toBe('status');
  expect(laterField(parsed('host:a or type:json'))).toBe('type');
  expect(laterField(parsed('host:a method:post word kind=websocket'))).toBeUndefined();
});

it('takes apart what must all hold, and nothing else', () => {
  expect(conjuncts(parsed('a b (c d)'))).toHaveLength(4);
  expect(conjuncts(parsed('a or b'))).toHaveLength(1);
  expect(conjuncts(parsed('not (a b)'))).toHaveLength(1);
});
