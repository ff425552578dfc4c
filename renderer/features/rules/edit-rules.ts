/** Changes of a rule set as the view makes them, each giving a new one. Pure. */
import type { Rule, RuleInput, RuleSet } from '#model/rules/rule.ts';
import { Rule as RuleSchema } from '#model/rules/rule.ts';

const withRules = (set: RuleSet, rules: readonly Rule[]): RuleSet => ({ ...set, rules: [...rules] });

/** `wanted`, or the same with a number behind it. */
export function freeName(set: RuleSet, wanted: string): string {
  const taken = new Set(set.rules.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted} (${number})`;
  return name;
}

/** In front, where nothing that stands before it can keep it from acting; under a name of its own. */
export function addRule(set: RuleSet, input: RuleInput): { set: RuleSet; name: string } {
  const name = freeName(set, input.name);
  const rule = RuleSchema.parse({ ...input, name });
  return { set: withRules(set, [rule, ...set.rules]), name };
}

/** In the place of the one called `name`; a group that is new is made. */
export function replaceRule(set: RuleSet, name: string, rule: Rule): RuleSet {
  const { group } = rule;
  const missing = group !== undefined && !set.groups.some((one) => one.name === group);
  const groups = missing ? [...set.groups, { name: group, enabled: true }] : set.groups;
  return { ...set, groups, rules: set.rules.map((one) => (one.name === name ? rule : one)) };
}

/** A group that is left without rules goes too. */
export function removeRule(set: RuleSet, name: string): RuleSet {
  const rules = set.rules.filter((one) => one.name !== name);
  const used = new Set(rules.map(({ group }) => group));
  return { ...set, rules, groups: set.groups.filter((group) => used.has(group.name)) };
}

/** So that it stands at `to` in the order. */
export function moveRule(set: RuleSet, name: string, to: number): RuleSet {
  const moved = set.rules.find((one) => one.name === name);
  if (moved === undefined) return set;
  const others = set.rules.filter((one) => one !== moved);
  const at = Math.max(0, Math.min(others.length, to));
  return withRules(set, others.toSpliced(at, 0, moved));
}

export const switchRule = (set: RuleSet, name: string, enabled: boolean): RuleSet =>
  withRules(
    set,
    set.rules.map((one) => (one.name === name ? { ...one, enabled } : one)),
  );

export const switchGroup = (set: RuleSet, name: string, enabled: boolean): RuleSet => ({
  ...set,
  groups: set.groups.map((group) => (group.name === name ? { ...group, enabled } : group)),
});
