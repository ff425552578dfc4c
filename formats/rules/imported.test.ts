import { expect, it } from 'vitest';
import { RuleCollector, replacing } from './imported.ts';

it('names are unique, and what is not the same is kept beside the rules', () => {
  const into = new RuleCollector();
  for (const name of ['a', 'a', ' ', 'a']) into.add({ name, actions: [{ action: 'block' }] });
  into.note('b', 'why');
  expect(into.done().rules.map(({ name }) => name)).toEqual(['a', 'a (2)', 'Imported rule', 'a (3)']);
  expect(into.done().notes).toEqual([{ what: 'b', why: 'why' }]);
});

it('a search stays plain where it can, and keeps its meaning where it becomes a pattern', () => {
  expect(replacing('a.b', '$1', {})).toEqual({ find: 'a.b', with: '$1' });
  expect(replacing('a.b', '$1', { anyCase: true })).toEqual({ find: '(?i)a\\.b', with: '\\$1', regex: true });
  expect(replacing('a.b', '$1', { regex: true, whole: true })).toEqual({
    find: '^(?:a.b)$',
    with: '$1',
    regex: true,
  });
});
