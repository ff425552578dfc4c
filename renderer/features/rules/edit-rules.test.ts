import { expect, test } from 'vitest';
import { RuleSet } from '#model/rules/rule.ts';
import {
  addRule,
  freeName,
  moveRule,
  removeRule,
  replaceRule,
  switchGroup,
  switchRule,
} from './edit-rules.ts';

const actions = [{ action: 'block' as const }];
const set = RuleSet.parse({
  version: 1,
  groups: [{ name: 'g' }],
  rules: [
    { name: 'a', actions },
    { name: 'b', group: 'g', actions },
    { name: 'c', actions },
  ],
});
const names = ({ rules }: RuleSet) => rules.map(({ name }) => name).join('');

test('a new one stands in front, under a name of its own', () => {
  const added = addRule(set, { name: 'a', actions });
  expect([added.name, added.set.rules[0]?.name]).toEqual(['a (2)', 'a (2)']);
  expect(freeName(added.set, 'a')).toBe('a (3)');
  expect(RuleSet.safeParse(added.set).success).toBe(true);
});

test('one is replaced, and its group made', () => {
  const [, b] = set.rules;
  if (b === undefined) throw new Error('b');
  const changed = replaceRule(set, 'b', { ...b, name: 'B', group: 'new' });
  expect(names(changed)).toBe('aBc');
  expect(changed.groups.map(({ name }) => name)).toEqual(['g', 'new']);
  expect(RuleSet.safeParse(changed).success).toBe(true);
});

test('one is removed, and a group that is empty then', () => {
  expect(removeRule(set, 'b')).toMatchObject({ groups: [], rules: [{ name: 'a' }, { name: 'c' }] });
  expect(removeRule(set, 'a').groups).toHaveLength(1);
});

test('one is moved, inside the list', () => {
  expect(names(moveRule(set, 'a', 1))).toBe('bac');
  expect(names(moveRule(set, 'a', 9))).toBe('bca');
  expect(names(moveRule(set, 'c', -1))).toBe('cab');
  expect(moveRule(set, 'zz', 0)).toBe(set);
});

test('rules and groups are switched', () => {
  expect(switchRule(set, 'c', false).rules[2]?.enabled).toBe(false);
  expect(switchGroup(set, 'g', false).groups[0]?.enabled).toBe(false);
  expect(set.rules[2]?.enabled).toBe(true);
});
