import { describe, expect, it } from 'vitest';
import type { Filter } from './ast.ts';
import { isRelative, leavesOf, needsOf } from './needs.ts';
import { parseFilter } from './parse.ts';

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.filter;
}

describe('what has to be loaded', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['host:a status>200 time>-5m query:a=1 endpoint:/x mark:2', []],
    ['finding>0', []],
    ['finding:cookie', ['findings']],
    ['header:a', ['session']],
    ['not (cookie:a or client:10.0.0.0/8)', ['session']],
    ['reqbody:x', ['request']],
    ['resbody~x tls:1.3', ['response', 'session']],
    ['json:$.a>1', ['request', 'response']],
    ['ws>0', ['session']],
    ['ws:x', ['messages', 'session']],
    ['login', ['messages', 'request', 'response', 'session']],
  ])('%s', (text, needs) => {
    expect([...needsOf(parsed(text))].toSorted()).toEqual(needs);
  });
});

it('conditions are had in their order', () => {
  const leaves = leavesOf(parsed('a (host:b or not c) status:2xx'));
  expect(leaves.map((leaf) => ('text' in leaf ? leaf.text : leaf.type))).toEqual([
    'a',
    'b',
    'c',
    'number',
    'number',
  ]);
  expect(leavesOf({ type: 'all' })).toEqual([]);
});

it('what is counted from now changes with the time', () => {
  expect(isRelative(parsed('a or not time<-1h'))).toBe(true);
  expect(isRelative(parsed('time>2026-01-01'))).toBe(false);
});
