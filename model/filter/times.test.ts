import { describe, expect, it } from 'vitest';
import { parseMoment, timeCondition } from './times.ts';

/** Noon of a day in the zone of this machine. */
const NOW = new Date(2026, 0, 31, 12, 30, 15, 250).getTime();
const at = (...parts: [number, number, number, ...number[]]) =>
  new Date(...(parts as [number, number])).getTime();
const span = (text: string) => {
  const moment = parseMoment(text, NOW);
  return moment !== undefined && 'at' in moment ? [moment.at, moment.end] : moment;
};

describe('a moment', () => {
  it.each([
    ['-5m', 300_000],
    ['5m', 300_000],
    ['-1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['-30s', 30_000],
    ['1w', 604_800_000],
    ['now', 0],
  ])('%s is before now', (text, ago) => {
    expect(parseMoment(text, NOW)).toEqual({ ago });
  });

  it.each<[string, number, number]>([
    ['today', at(2026, 0, 31), at(2026, 1, 1)],
    ['Yesterday', at(2026, 0, 30), at(2026, 0, 31)],
    ['14:30', at(2026, 0, 31, 14, 30), at(2026, 0, 31, 14, 31)],
    ['9:05:07', at(2026, 0, 31, 9, 5, 7), at(2026, 0, 31, 9, 5, 8)],
    ['09:05:07.5', at(2026, 0, 31, 9, 5, 7, 500), at(2026, 0, 31, 9, 5, 7, 501)],
    ['2026-02-28', at(2026, 1, 28), at(2026, 2, 1)],
    ['2026-02-28T10:00', at(2026, 1, 28, 10), at(2026, 1, 28, 10, 1)],
    ['2026-02-28T10:00:30', at(2026, 1, 28, 10, 0, 30), at(2026, 1, 28, 10, 0, 31)],
    ['2026-02-28T10:00Z', Date.UTC(2026, 1, 28, 10), Date.UTC(2026, 1, 28, 10, 1)],
    ['2026-02-28t10:00:00.123z', Date.UTC(2026, 1, 28, 10, 0, 0, 123), Date.UTC(2026, 1, 28, 10, 0, 0, 124)],
    ['2026-02-28T10:00+0200', Date.UTC(2026, 1, 28, 8), Date.UTC(2026, 1, 28, 8, 1)],
    ['2026-02-28T10:00-05:30', Date.UTC(2026, 1, 28, 15, 30), Date.UTC(2026, 1, 28, 15, 31)],
  ])('%s is a span', (text, first, end) => {
    expect(span(text)).toEqual([first, end]);
  });

  it.each([
    '',
    '5',
    '5x',
    '24:00',
    '12:60',
    '12',
    '2026-02-31',
    '2026-13-01',
    '26-01-01',
    'tomorrow',
    '--5m',
    '1e3s',
  ])('is not %j', (text) => {
    expect(parseMoment(text, NOW)).toBeUndefined();
  });
});

describe('a condition', () => {
  const condition = (operator: Parameters<typeof timeCondition>[0], text: string) =>
    JSON.stringify(timeCondition(operator, text, NOW)).replaceAll('"type":"time",', '');

  it('before now goes on with the time', () => {
    expect(condition('>', '-5m')).toBe('{"operator":">","ago":300000}');
    expect(condition(':', '5m')).toBe('{"operator":">=","ago":300000}');
    expect(condition('!=', '5m')).toBe('{"operator":"<","ago":300000}');
    expect(condition('<', '1h')).toBe('{"operator":"<","ago":3600000}');
  });

  it('with a span takes it as a whole', () => {
    const [first = 0, end = 0] = span('14:30') as [number, number];
    expect(condition('>', '14:30')).toBe(`{"operator":">=","at":${end}}`);
    expect(condition('>=', '14:30')).toBe(`{"operator":">=","at":${first}}`);
    expect(condition('<', '14:30')).toBe(`{"operator":"<","at":${first}}`);
    expect(condition('<=', '14:30')).toBe(`{"operator":"<","at":${end}}`);
    const within = `{"type":"and","terms":[{"operator":">=","at":${first}},{"operator":"<","at":${end}}]}`;
    expect(condition(':', '14:30')).toBe(within);
    expect(condition('=', '14:30')).toBe(within);
    expect(condition('!=', '14:30')).toBe(`{"type":"not","term":${within}}`);
  });

  it('is none without a moment', () => {
    expect(timeCondition('>', 'soon', NOW)).toBeUndefined();
  });
});
