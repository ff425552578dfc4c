import { describe, expect, test } from 'vitest';
import { UsageError } from '../options.ts';
import { FULL_SIZES, parseStoreOptions } from './store-options.ts';
import {
  STORE_HEADING,
  type StoreRun,
  storeSection,
  storeSectionOf,
  withStoreSection,
} from './store-section.ts';
import { sessionEvents } from './traffic.ts';

const run = (...values: Record<string, number>[]): StoreRun => ({
  started: new Date('2024-05-06T07:08:09Z'),
  minutes: 3,
  command: 'npm run bench -- store',
  facts: [['Processor', 'one with 2 cores']],
  results: values.map((one, i) => ({ size: 10 ** (i + 4), values: new Map(Object.entries(one)) })),
  told: ['Something about the run.'],
});
const row = (text: string, first: string) =>
  (text.split('\n').find((line) => line.startsWith(`| ${first} |`)) ?? '')
    .split(' | ')
    .map((cell) => cell.replace(/^\| | \|$/g, ''));

describe('the section', () => {
  test('has a row for each figure, its growth, and whether it is what it has to be', () => {
    const text = storeSection(
      run(
        { 'ingest, sessions/s': 60_000, 'first page by host, ms': 4, 'open for reading, ms': 20 },
        { 'ingest, sessions/s': 9000, 'first page by host, ms': 8, 'open for reading, ms': 1200, other: 3 },
      ),
    );
    expect(text.startsWith(`${STORE_HEADING}\n`)).toBe(true);
    expect(row(text, 'ingest, sessions/s')).toEqual([
      'ingest, sessions/s',
      '60,000',
      '9,000',
      '× 0.15',
      '≥ 10,000 /s **missed**',
    ]);
    expect(row(text, 'first page by host, ms').slice(3)).toEqual(['× 2.00', '≤ 100 ms met']);
    expect(row(text, 'open for reading, ms').at(-1)).toContain('missed');
    expect(row(text, 'other')).toEqual(['other', '', '3.00', '', '']);
  });

  test('of one size has no growth', () => {
    expect(row(storeSection(run({ 'close, ms': 12.34 })), 'close, ms')).toEqual(['close, ms', '12.3', '']);
  });
});

describe('a report', () => {
  const section = storeSection(run({ a: 1 }));

  test('of proxies keeps the section, and a new section keeps the report', () => {
    const proxies = '# Sluice beside other proxies\n\nfigures\n';
    const both = withStoreSection(proxies, section);
    expect(both.startsWith(proxies)).toBe(true);
    expect(storeSectionOf(both)).toBe(section);
    expect(withStoreSection('# Sluice beside other proxies\n\nnew\n', storeSectionOf(both))).toContain(
      'new\n\n# Captures',
    );
    const other = storeSection(run({ b: 2 }));
    expect(withStoreSection(both, other)).toBe(withStoreSection(proxies, other));
  });

  test('may have one without the other', () => {
    expect(withStoreSection('', section)).toBe(section);
    expect(withStoreSection('only proxies\n', undefined)).toBe('only proxies\n');
    expect(storeSectionOf('only proxies\n')).toBeUndefined();
  });
});

describe('options', () => {
  test('are everything, into the report, or some sizes, printed', () => {
    expect(parseStoreOptions([], 'R.md')).toMatchObject({ sizes: FULL_SIZES, out: 'R.md', help: false });
    expect(parseStoreOptions(['--sizes', '1000, 20000'], 'R.md')).toMatchObject({
      sizes: [1000, 20_000],
      out: undefined,
    });
    expect(parseStoreOptions(['--sizes', '1000', '--out', 'x.md'], 'R.md')).toMatchObject({ out: 'x.md' });
  });

  test.each([['--sizes', 'x'], ['--sizes', '2000,1000'], ['--sizes', '10'], ['--nonsense']])(
    'refuse %s %s',
    (...args) => {
      expect(() => parseStoreOptions(args, 'R.md')).toThrow(UsageError);
    },
  );
});

test('traffic is the same each time, and different from session to session', () => {
  const once = JSON.stringify([...sessionEvents(7)]);
  expect(JSON.stringify([...sessionEvents(7)])).toBe(once);
  expect(JSON.stringify([...sessionEvents(8)])).not.toBe(once);
  expect([...sessionEvents(7)].map(({ type }) => type)).toEqual([
    'begin',
    'request-end',
    'response-head',
    'response-data',
    'response-end',
    'end',
  ]);
});
