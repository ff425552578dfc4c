import { expect, it } from 'vitest';
import { SESSION_VOCABULARY } from './vocabulary.ts';

it('of sessions: every field has its meaning, and words are looked for in texts', () => {
  const { names, info, words } = SESSION_VOCABULARY;
  expect(Object.keys(info).toSorted()).toEqual(names.toSorted());
  for (const word of words) expect(info[word].texts).toBeDefined();
});
