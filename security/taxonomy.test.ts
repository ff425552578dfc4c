import { expect, it } from 'vitest';
import { API, cheatSheet, cweUrl, mdnHeader, TOP, zap } from './taxonomy.ts';

it('files under the number that the name begins with', () => {
  for (const [number, name] of Object.entries(API)) expect(name).toMatch(new RegExp(`^API${number}:2023 `));
  for (const [number, name] of Object.entries(TOP)) {
    expect(name).toMatch(new RegExp(`^A${number.padStart(2, '0')}:2021 `));
  }
  expect([Object.keys(API), Object.keys(TOP)].map(({ length }) => length)).toEqual([10, 10]);
});

it('refers to pages', () => {
  for (const url of [zap(10010), cweUrl(1004), mdnHeader('Set-Cookie'), cheatSheet('REST_Security')]) {
    expect(new URL(url).protocol).toBe('https:');
  }
});
