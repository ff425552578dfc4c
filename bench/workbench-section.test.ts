import { describe, expect, test } from 'vitest';
import { UsageError } from './options.ts';
import { storeSectionOf, withStoreSection } from './store/store-section.ts';
import { parseWorkbenchOptions } from './workbench/workbench-options.ts';
import {
  type Figure,
  WORKBENCH_HEADING,
  withWorkbenchSection,
  workbenchSection,
  workbenchSectionOf,
} from './workbench-section.ts';

const section = (...figures: Figure[]) =>
  workbenchSection({
    started: new Date('2024-05-06T07:08:09Z'),
    minutes: 3,
    command: 'npm run bench -- workbench',
    facts: [['Processor', 'one with 2 cores']],
    figures,
    told: ['Something about the run.'],
  });

describe('the section', () => {
  test('has a row for each figure, and whether it is what it has to be', () => {
    const text = section(
      { what: 'first paint', value: 412.3, unit: 'ms', atMost: 1000 },
      { what: 'long tasks', value: 3, unit: '', atMost: 0 },
      { what: 'heap', value: 12.345, unit: 'MB' },
    );
    expect(text.startsWith(`${WORKBENCH_HEADING}\n`)).toBe(true);
    expect(text).toContain('| first paint | 412 ms | ≤ 1,000 ms met |');
    expect(text).toContain('| long tasks | 3 | ≤ 0  **missed** |');
    expect(text).toContain('| heap | 12.3 MB |  |');
  });

  const report = '# Proxies\n\nfast\n';
  const store = '# Captures of many sessions\n\nmany\n';
  const own = `${WORKBENCH_HEADING}\n\nquick\n`;

  test('stands between the proxies and the captures, wherever it is written first', () => {
    const whole = withWorkbenchSection(withStoreSection(report, store), own);
    expect(whole).toBe(`# Proxies\n\nfast\n\n${own}\n${store}`);
    expect(withStoreSection(withWorkbenchSection(report, own), store)).toBe(whole);
    expect(workbenchSectionOf(whole)?.trimEnd()).toBe(own.trimEnd());
    expect(storeSectionOf(whole)).toBe(store);
  });

  test('takes the place of the one before, and is kept when the others are written', () => {
    const whole = withWorkbenchSection(withStoreSection(report, store), own);
    expect(withWorkbenchSection(whole, `${WORKBENCH_HEADING}\n\nquicker\n`)).toBe(
      whole.replace('quick', 'quicker'),
    );
    expect(withStoreSection(whole, store)).toBe(whole);
    expect(workbenchSectionOf(report)).toBeUndefined();
    expect(withWorkbenchSection('', own)).toBe(own);
  });
});

describe('the options', () => {
  test('are the usual ones, and then the report is written', () => {
    expect(parseWorkbenchOptions([], 'R.md')).toEqual({
      help: false,
      sessions: 1_000_000,
      rate: 1000,
      minutes: 3,
      out: 'R.md',
      command: 'npm run bench -- workbench',
    });
    expect(parseWorkbenchOptions(['--minutes', '60'], 'R.md')).toMatchObject({
      out: 'R.md',
      command: 'npm run bench -- workbench --minutes 60',
    });
  });

  test('of another size are printed', () => {
    expect(parseWorkbenchOptions(['--sessions', '1000'], 'R.md')).toMatchObject({
      sessions: 1000,
      out: undefined,
    });
    expect(parseWorkbenchOptions(['--rate', '10', '--out', 'X.md'], 'R.md').out).toBe('X.md');
  });

  test.each([['--sessions', '0'], ['--rate', 'much'], ['--minutes', '-1'], ['--what']])(
    'refuse %s %s',
    (...args) => {
      expect(() => parseWorkbenchOptions(args, 'R.md')).toThrow(UsageError);
    },
  );
});
