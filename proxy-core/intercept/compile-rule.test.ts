import { expect, it } from 'vitest';
import { RuleSet } from '#model/rules/rule.ts';
import { compileRules } from './compile-rule.ts';

const sources = { folder: '/', session: async () => undefined };
const compiled = (rules: object[]) => compileRules(RuleSet.parse({ version: 1, rules }), sources);
const one = (rule: object) => {
  const result = compiled([{ name: 'r', ...rule }]);
  if (!result.ok || !result.rules[0]) throw new Error('compiles');
  return result.rules[0];
};
const kinds = (steps: readonly { step: { kind: string } }[]) => steps.map(({ step }) => step.kind);

it('each action has its moment', () => {
  const rule = one({
    actions: [
      { action: 'set-header', name: 'A', value: '1' },
      { action: 'set-header', in: 'response', name: 'A', value: '1' },
      { action: 'throttle', preset: '3g' },
      { action: 'break', at: 'both' },
      { action: 'mark', mark: 1 },
    ],
  });
  expect(kinds(rule.request)).toEqual(['head', 'throttle', 'break', 'note']);
  expect(kinds(rule.response)).toEqual(['head', 'break']);
});

it('marks wait for the response that the rule asks for', () => {
  const rule = one({ when: { response: 'status:5xx' }, actions: [{ action: 'mark', mark: 1 }] });
  expect([kinds(rule.request), kinds(rule.response)]).toEqual([[], ['note']]);
});

it('what is not done with a message is a property', () => {
  const rule = one({
    times: 3,
    actions: [
      { action: 'hide' },
      { action: 'no-decrypt' },
      { action: 'stop' },
      { action: 'break', at: 'messages', limit: 2 },
    ],
  });
  expect(rule).toMatchObject({
    hides: true,
    passesTls: true,
    stops: true,
    messages: [{ rule: rule.name, step: { kind: 'break', limitMs: 2000 } }],
    times: 3,
    request: [],
    response: [],
  });
});

it('rules that are off are checked too, and not used', () => {
  const good = compiled([{ name: 'a', enabled: false, actions: [{ action: 'block' }] }]);
  expect(good).toEqual({ ok: true, rules: [] });
  const bad = compiled([
    { name: 'a', actions: [{ action: 'block' }] },
    { name: 'b', enabled: false, actions: [{ action: 'block' }, { action: 'json-remove', path: '$[' }] },
  ]);
  expect(bad).toMatchObject({ ok: false, problems: [{ path: ['rules', 1, 'actions', 1] }] });
});

it('says which pattern is none, in the matcher or in an action', () => {
  const bad = compiled([
    { name: 'a', when: { url: { regex: '(' } }, actions: [{ action: 'block' }] },
    { name: 'b', actions: [{ action: 'replace-path', find: 'a(?!b)', with: '', regex: true }] },
  ]);
  expect(bad).toMatchObject({
    ok: false,
    problems: [
      { path: ['rules', 0, 'when', 'url', 'regex'], message: expect.stringMatching(/regular expression/) },
      { path: ['rules', 1, 'actions', 0], message: expect.stringMatching(/regular expression/) },
    ],
  });
});
