/** Rules in force for an engine under test, from what a rule file would say. */
import { type RuleInput, RuleSet } from '#model/rules/rule.ts';
import { Interception, type InterceptionOptions } from '../intercept/interception.ts';

const NOWHERE: InterceptionOptions['sources'] = { folder: '/', session: async () => undefined };

/** Throws what is wrong with them. */
export function rulesOf(
  rules: readonly (Omit<RuleInput, 'name'> & { name?: string })[],
  options: Partial<InterceptionOptions> = {},
): Interception {
  const interception = new Interception({ sources: NOWHERE, ...options });
  const named = rules.map((rule, index) => ({ name: `rule ${index + 1}`, ...rule }));
  const problems = interception.load(RuleSet.parse({ version: 1, rules: named }));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return interception;
}
