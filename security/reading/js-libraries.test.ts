import { expect, it } from 'vitest';
import { faultsOf, isBelow, JS_LIBRARIES } from './js-libraries.ts';

it('compares versions', () => {
  expect(isBelow('3.4.1', '3.5.0')).toBe(true);
  expect(isBelow('3.10.0', '3.5.0')).toBe(false);
  expect(isBelow('3.5', '3.5.0')).toBe(false);
});

it('knows faults by version', () => {
  const jquery = JS_LIBRARIES.find(({ name }) => name === 'jQuery');
  expect(jquery && faultsOf(jquery, '3.4.1')).toEqual(['CVE-2020-11022']);
  expect(jquery && faultsOf(jquery, '3.7.1')).toEqual([]);
});

it('has numbers and ranges that make sense', () => {
  for (const { faults } of JS_LIBRARIES) {
    for (const [from, below, cve] of faults) {
      expect(isBelow(from, below)).toBe(true);
      expect(cve).toMatch(/^CVE-20\d\d-\d{4,}$/);
    }
  }
});
