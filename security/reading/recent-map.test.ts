import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('forgets what was set longest ago', () => {
  const map = new RecentMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  map.set('c', 4);
  expect([map.get('a'), map.has('b'), map.get('c'), map.size]).toEqual([3, false, 4, 2]);
  expect([...map.values()]).toEqual([3, 4]);
});

it('makes what is not there', () => {
  const map = new RecentMap<string, string[]>(5);
  map.at('a', () => []).push('x');
  map.at('a', () => []).push('y');
  expect(map.get('a')).toEqual(['x', 'y']);
});
