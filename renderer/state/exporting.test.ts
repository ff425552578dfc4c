import { beforeEach, describe, expect, it } from 'vitest';
import { keepPatterns, maskCopies, masksCopies, patternsOf, useExporting } from './exporting.ts';
import { usePreferences } from './preferences.ts';

beforeEach(() => {
  usePreferences.setState(usePreferences.getInitialState());
  useExporting.setState(useExporting.getInitialState());
});

it('is about one export at a time', () => {
  const { open, close } = useExporting.getState();
  open({ filter: 'host:a' });
  open({ ids: [1] });
  expect(useExporting.getState().what).toEqual({ ids: [1] });
  close();
  expect(useExporting.getState().what).toBeUndefined();
});

describe('patterns of the user', () => {
  const kept = () => patternsOf(usePreferences.getState());

  it('are remembered', () => {
    expect(kept()).toEqual([]);
    expect(keepPatterns(['CUST-\\d+', 'x'])).toBe(true);
    expect(kept()).toEqual(['CUST-\\d+', 'x']);
  });

  it('are none where the preference means nothing', () => {
    for (const value of ['', '{', '{"a":1}', '[1,null,""]']) {
      usePreferences.getState().receive({ 'redaction.patterns': value });
      expect(kept()).toEqual([]);
    }
  });

  it('are refused beyond what the host keeps', () => {
    expect(keepPatterns(['x'.repeat(5000)])).toBe(false);
    expect(keepPatterns(Array.from({ length: 51 }, (_, i) => `p${i}`))).toBe(false);
    expect(kept()).toEqual([]);
  });
});

it('masks copies unless told not to', () => {
  expect(masksCopies(usePreferences.getState())).toBe(true);
  maskCopies(false);
  expect(masksCopies(usePreferences.getState())).toBe(false);
  maskCopies(true);
  expect(masksCopies(usePreferences.getState())).toBe(true);
});
