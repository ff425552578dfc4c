import { expect, it } from 'vitest';
import { RuleSet } from '#model/rules/rule.ts';
import { Interception } from './interception.ts';

const sources = { folder: '/', session: async () => undefined };
const set = (...rules: object[]) => RuleSet.parse({ version: 1, rules });

it('has nothing to do without rules that are on', () => {
  const interception = new Interception({ sources });
  expect(interception.book).toBeUndefined();
  expect(interception.load(set({ name: 'a', enabled: false, actions: [{ action: 'block' }] }))).toEqual([]);
  expect(interception.book).toBeUndefined();
});

it('takes rules whole or not at all', () => {
  const interception = new Interception({ sources });
  const good = set({ name: 'a', actions: [{ action: 'block' }] });
  expect(interception.load(good)).toEqual([]);
  const { book } = interception;
  expect(book?.size).toBe(1);
  const bad = set({ name: 'b', actions: [{ action: 'block' }, { action: 'json-remove', path: '$..[' }] });
  expect(interception.load(bad)).toMatchObject([{ path: ['rules', 0, 'actions', 1] }]);
  expect(interception.book).toBe(book);
  expect(interception.rules).toBe(good);
});
