import { describe, expect, it } from 'vitest';
import type { Table } from '#model/filter/aggregate.ts';
import { tableJson, tableLines } from './table-text.ts';

const table = (columns: Table['columns'], ...rows: Table['rows']): Table => ({
  columns,
  rows,
  sessions: 0,
  groups: rows.length,
  left: 0,
});
const cell = (kind: Table['columns'][number]['kind'], value: number | string | null) =>
  tableLines(table([{ title: 'x', kind }], [value]))[1]?.trim();

describe('for people', () => {
  it('columns are as wide as what is in them, numbers on the right', () => {
    const lines = tableLines(
      table(
        [
          { title: 'host', kind: 'text' },
          { title: 'count', kind: 'number' },
          { title: 'sum(size)', kind: 'size' },
        ],
        ['a.test', 12_345, 2048],
        ['much.longer.test', 1, null],
      ),
    );
    expect(lines).toEqual([
      'HOST              COUNT  SUM(SIZE)',
      'a.test            12345     2.0 KB',
      'much.longer.test      1          -',
    ]);
  });

  it('cells are written by their kind', () => {
    expect(cell('size', 1536.4)).toBe('1.5 KB');
    expect(cell('duration', 12.3456)).toBe('12.35 ms');
    expect(cell('duration', 61_500)).toBe('61.5 s');
    expect(cell('number', 0.3333333)).toBe('0.33');
    expect(cell('severity', 3)).toBe('medium');
    expect(cell('severity', 0)).toBe('none');
    expect(cell('time', 0)).toBe('1970-01-01T00:00:00.000Z');
    expect(cell('text', '')).toBe('-');
    expect(cell('number', null)).toBe('-');
  });

  it('no captured text commands the terminal', () => {
    expect(cell('text', '\u001b[2Jx\ny')).toBe('\\u{1b}[2Jx y');
  });
});

it('for programs a row is an object by its titles, in bytes and milliseconds', () => {
  const columns = [
    { title: 'host', kind: 'text' },
    { title: 'p95(duration)', kind: 'duration' },
  ] as const;
  expect(JSON.parse(tableJson(table(columns), ['a', 1500.25]))).toEqual({
    host: 'a',
    'p95(duration)': 1500.25,
  });
  expect(tableJson(table(columns), ['', null])).toBe('{"host":"","p95(duration)":null}');
});
