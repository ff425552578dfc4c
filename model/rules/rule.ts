/**
 * A rule: which requests, then what is done with them, in order. A rule set is what a rule file holds: rules in the order in which they are looked at, and
 * groups that switch several at once. Definitions alone, so that the workbench can have them without the code that does it.
 */
import * as z from 'zod';
import { Action, momentOf } from './action.ts';
import { conditionsOf, Matcher } from './matcher.ts';

/** Unique in a rule set: counts and traces name rules by it. */
export const RuleName = z.string().trim().min(1).max(200);

export const Rule = z
  .strictObject({
    name: RuleName,
    enabled: z.boolean().default(true),
    group: z.string().min(1).max(200).optional(),
    note: z.string().max(10_000).optional(),
    when: Matcher.default(''),
    /** Matches after which the rule does nothing more in this run. */
    times: z.int().positive().optional(),
    actions: z.array(Action).min(1),
  })
  .superRefine(({ when, actions }, context) => {
    if (conditionsOf(when).response === undefined) return;
    for (const [index, action] of actions.entries()) {
      const moment = momentOf(action);
      if (moment === 'response' || moment === 'any') continue;
      const message = `"${action.action}" is done before there is a response, so that "when.response" cannot decide on it.`;
      context.addIssue({ code: 'custom', message, path: ['actions', index, 'action'] });
    }
  });
export type Rule = z.infer<typeof Rule>;
/** As people write it: what has a default may be left out. */
export type RuleInput = z.input<typeof Rule>;

export const RuleGroup = z.strictObject({
  name: z.string().min(1).max(200),
  enabled: z.boolean().default(true),
  note: z.string().max(10_000).optional(),
});
export type RuleGroup = z.infer<typeof RuleGroup>;

export const MAX_RULES = 10_000;

export const RuleSet = z
  .strictObject({
    version: z.literal(1),
    groups: z.array(RuleGroup).max(1000).default([]),
    rules: z.array(Rule).max(MAX_RULES).default([]),
  })
  .superRefine(({ groups, rules }, context) => {
    const known = new Set(groups.map(({ name }) => name));
    const seen = new Set<string>();
    for (const [index, { name, group }] of rules.entries()) {
      if (seen.has(name)) {
        context.addIssue({
          code: 'custom',
          message: `There is another rule "${name}".`,
          path: ['rules', index, 'name'],
        });
      }
      seen.add(name);
      if (group === undefined || known.has(group)) continue;
      const message = `There is no group "${group}".`;
      context.addIssue({ code: 'custom', message, path: ['rules', index, 'group'] });
    }
  });
export type RuleSet = z.infer<typeof RuleSet>;

export const NO_RULES: RuleSet = { version: 1, groups: [], rules: [] };

/** What is wrong with a rule set, and where in it. */
export interface RuleProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Rules that count: those that are on, in groups that are. */
export function enabledRules({ groups, rules }: RuleSet): Rule[] {
  const off = new Set(groups.filter(({ enabled }) => !enabled).map(({ name }) => name));
  return rules.filter(({ enabled, group }) => enabled && (group === undefined || !off.has(group)));
}
