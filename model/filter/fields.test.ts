import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { FILTER_FIELDS } from './ast.ts';
import { FIELDS, foldCase, severityRank, WORD_FIELDS } from './fields.ts';

describe('fields', () => {
  it('read a value of their kind from any row, and explain themselves', () => {
    for (const { session } of [makeSession(), makeSession({ status: null, state: 'active' })]) {
      for (const name of FILTER_FIELDS) {
        const value = FIELDS[name].read(session.row);
        expect(typeof value, name).toMatch(
          FIELDS[name].kind === 'text' ? /^string$/ : /^(number|undefined)$/,
        );
        expect(FIELDS[name].help).not.toBe('');
      }
    }
  });

  it('read what they are named after', () => {
    const { row } = makeSession({ status: 418, responseBody: 'abc', comment: 'c', durationMs: 7 }).session;
    const read = (name: keyof typeof FIELDS) => FIELDS[name].read(row);
    expect([read('status'), read('size'), read('duration'), read('comment'), read('type')]).toEqual([
      418,
      3,
      7,
      'c',
      'application/json',
    ]);
    expect(WORD_FIELDS.every((name) => FILTER_FIELDS.includes(name))).toBe(true);
  });
});

it('severities are ranked by gravity', () => {
  expect(
    [undefined, 'info', 'low', 'medium', 'high'].map((s) => severityRank(s as 'info' | undefined)),
  ).toEqual([0, 1, 2, 3, 4]);
});

it('case is folded for A to Z alone, as SQLite does', () => {
  expect(foldCase('AbZ[É]İ')).toBe('abz[É]İ');
});
