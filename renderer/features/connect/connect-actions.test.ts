import { expect, it } from 'vitest';
import { RuleSet } from '#model/rules/rule.ts';
import { fakeApp } from '../../testing/fake-app.ts';

it('a rule takes Alt-Svc out of responses, in front of those there are', async () => {
  const before = RuleSet.parse({
    version: 1,
    rules: [{ name: 'mine', actions: [{ action: 'set-header', name: 'X', value: 'y' }] }],
  });
  const { run, asked, said } = fakeApp({
    'rules.watch': () => [{ file: '', rules: before, problems: [], tallies: [] }],
    'rules.save': () => ({ problems: [] }),
  });
  await run('connect.stripAltSvc');
  const [[name, params] = []] = asked;
  expect(name).toBe('rules.save');
  const { rules } = params as { rules: RuleSet };
  expect(RuleSet.parse(rules).rules.map((rule) => [rule.name, rule.actions[0]?.action])).toEqual([
    ['Keep browsers on the proxy', 'remove-header'],
    ['mine', 'set-header'],
  ]);
  expect(said).toEqual(['A rule takes Alt-Svc out of responses now']);
});
