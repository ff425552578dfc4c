import { describe, expect, it } from 'vitest';
import type { FilterLeaf } from '#model/filter/ast.ts';
import { MOST_JUDGED } from './filter-sql.ts';
import { LeafVerdicts, Verdicts } from './verdicts.ts';

const word = (text: string): FilterLeaf => ({ type: 'word', text });

describe('verdicts on one condition', () => {
  it('are yes, no, or not known', () => {
    const verdicts = new LeafVerdicts();
    expect(verdicts.get(1)).toBeNull();
    verdicts.set(1, true);
    verdicts.set(2, false);
    expect([verdicts.get(1), verdicts.get(2), verdicts.get(3)]).toEqual([1, 0, null]);
    verdicts.set(1, false);
    verdicts.forget(2);
    expect([verdicts.get(1), verdicts.get(2)]).toEqual([0, null]);
  });

  it('are of any id, however far apart', () => {
    const verdicts = new LeafVerdicts();
    const ids = [1, 8191, 8192, 8193, 1_000_000, 2 ** 40 + 1];
    for (const id of ids) verdicts.set(id, id % 2 === 1);
    expect(ids.map((id) => verdicts.get(id))).toEqual(ids.map((id) => id % 2));
    expect([verdicts.get(2 ** 40), verdicts.get(8190)]).toEqual([null, null]);
    verdicts.forget(999_999_999);
  });
});

describe('verdicts', () => {
  it('are kept by what the condition says', () => {
    const verdicts = new Verdicts();
    verdicts.on(word('a')).set(1, true);
    expect(verdicts.on(word('a')).get(1)).toBe(1);
    expect(verdicts.on(word('b')).get(1)).toBeNull();
  });

  it('are forgotten of sessions that changed, on every condition', () => {
    const verdicts = new Verdicts();
    for (const text of ['a', 'b']) for (const id of [1, 2]) verdicts.on(word(text)).set(id, true);
    verdicts.forget([2, 3]);
    expect(['a', 'b'].map((text) => [1, 2].map((id) => verdicts.on(word(text)).get(id)))).toEqual([
      [1, null],
      [1, null],
    ]);
  });

  it('are kept for the conditions asked for last', () => {
    const verdicts = new Verdicts();
    const kept = verdicts.on(word('kept'));
    kept.set(1, true);
    verdicts.on(word('old')).set(1, true);
    for (let i = 0; i < 2 * MOST_JUDGED - 1; i++) {
      verdicts.on(word(String(i)));
      verdicts.on(word('kept'));
    }
    expect(verdicts.on(word('kept'))).toBe(kept);
    expect(verdicts.on(word('old')).get(1)).toBeNull();
  });
});
