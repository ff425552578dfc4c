import { describe, expect, test } from 'vitest';
import { RULE_PRESETS } from '#model/rules/presets.ts';
import { Rule, type RuleInput } from '#model/rules/rule.ts';
import { draftOfRule, ruleOfDraft } from './rule-draft.ts';

const rule = (change: Partial<RuleInput> = {}) =>
  Rule.parse({ name: 'n', actions: [{ action: 'block' }], ...change });
const problem = (change: object) => {
  const result = ruleOfDraft({ ...draftOfRule(rule()), ...change });
  return result.ok ? undefined : result.problem;
};

describe('the form of a rule', () => {
  test.each([
    rule(),
    rule({ enabled: false, group: 'g', note: 'why', times: 3 }),
    rule({ when: 'host:a' }),
    rule({ when: { url: { wildcard: '*.png' }, request: 'method=GET', chance: 0.5 } }),
    rule({ when: { response: 'status:5xx' }, actions: [{ action: 'set-status', status: 200 }] }),
    ...RULE_PRESETS.map(({ make }) => Rule.parse(make('host:a'))),
  ])('$name is taken apart and put together', (given) => {
    expect(ruleOfDraft(draftOfRule(given))).toEqual({ ok: true, rule: given });
  });

  test.each([
    [{ name: ' ' }, /^name: /],
    [{ request: 'hots:a' }, /Did you mean "host"/],
    [{ urlForm: 'regex', url: '' }, /^when url regex: /],
    [{ times: 'often' }, /^times: /],
    [{ actions: [] }, /^actions: /],
    [
      { actions: [{ action: 'set-header', name: 'Content-Length', value: '1' }] },
      /^actions 1 name: .*kept right/,
    ],
    [{ response: 'status:5xx' }, /before there is a response/],
  ])('%j says what is wrong', (change, message) => expect(problem(change)).toMatch(message));
});
