import { describe, expect, it } from 'vitest';
import { formOf, parseCount, parseSize, readForm } from './retention-form.ts';

describe('sizes and counts', () => {
  it.each([
    ['2 GB', 2e9],
    ['2gb', 2e9],
    ['1.5 M', 1.5e6],
    ['1,5 MB', 1.5e6],
    ['4096', 4096],
    ['0', 0],
  ])('%s is %d bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each(['', 'much', '-1', '2 XB', '1 000', 'GB'])('%j is no size', (text) =>
    expect(parseSize(text)).toBeUndefined(),
  );

  it.each([
    ['10,000', 10_000],
    ['10 000', 10_000],
    ['7', 7],
  ])('%s is the count %d', (text, count) => expect(parseCount(text)).toBe(count));

  it.each(['0', '1.5', '-2', 'all', '1,00'])('%j is no count', (text) =>
    expect(parseCount(text)).toBeUndefined(),
  );
});

describe('the form', () => {
  it('says a policy, and shows it again', () => {
    const policy = { keepLast: 20_000, keepBytes: 2_500_000_000, dropBodiesOver: 10_000_000 };
    expect(readForm(formOf(policy))).toEqual({ policy });
    expect(formOf(policy)).toEqual({ keepLast: '20,000', keepBytes: '2.5 GB', dropBodiesOver: '10 MB' });
  });

  it('shows every size so that it comes back the same', () => {
    for (const keepBytes of [10_000_001, 12_345_678, 999_500_000, 2 ** 31])
      expect(readForm(formOf({ keepBytes }))).toEqual({ policy: { keepBytes } });
  });

  it('of nothing keeps everything', () => {
    expect(readForm(formOf({}))).toEqual({ policy: {} });
    expect(readForm({ keepLast: ' ', keepBytes: '', dropBodiesOver: '0' })).toEqual({
      policy: { dropBodiesOver: 0 },
    });
  });

  it('says what is wrong, each where it is', () => {
    const { problems } = readForm({ keepLast: '0', keepBytes: '1 MB', dropBodiesOver: 'much' }) as {
      problems: object;
    };
    expect(Object.keys(problems)).toEqual(['keepLast', 'keepBytes', 'dropBodiesOver']);
  });
});
