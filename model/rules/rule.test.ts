import { describe, expect, it } from 'vitest';
import { Action, momentOf } from './action.ts';
import { explainAction, explainRule } from './explain.ts';
import { RULE_PRESETS } from './presets.ts';
import { enabledRules, Rule, RuleSet } from './rule.ts';
import { cutText, MAX_CHANGE_TEXT } from './touch.ts';

const stop = [{ action: 'stop' }];
const faults = (set: unknown) =>
  RuleSet.safeParse(set).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('a rule', () => {
  it('has its defaults', () => {
    expect(Rule.parse({ name: ' n ', actions: stop })).toEqual({
      name: 'n',
      enabled: true,
      when: '',
      actions: stop,
    });
  });

  it('with a filter over the response does nothing that comes before one', () => {
    const rule = {
      name: 'n',
      when: { response: 'status:5xx' },
      actions: [{ action: 'set-status', status: 200 }, { action: 'block' }],
    };
    expect(faults({ version: 1, rules: [rule] })).toEqual([
      'rules.0.actions.1.action: "block" is done before there is a response, so that "when.response" cannot decide on it.',
    ]);
    expect(
      Rule.safeParse({
        ...rule,
        actions: [
          { action: 'mark', mark: 1 },
          { action: 'delay', in: 'response', ms: 1 },
        ],
      }).success,
    ).toBe(true);
  });

  it.each([
    [{ action: 'answer', body: 'a', file: 'b' }, /body and file exclude each other/],
    [{ action: 'answer', template: true, body: '{{nope}}' }, /not known/],
    [{ action: 'answer', status: 101 }, /./],
    [{ action: 'answer', headers: { 'Content-Length': '1' } }, /kept right by Sluice/],
    [{ action: 'map-local' }, /a file or a folder/],
    [{ action: 'map-remote', to: 'ftp://x' }, /http or https/],
    [{ action: 'redirect', to: '{{' }, /not closed/],
    [{ action: 'set-header', name: 'A', value: 'b\r\nC: d' }, /one line/],
    [{ action: 'remove-header', name: 'Content-Length' }, /kept right by Sluice/],
    [{ action: 'replace-header', name: 'A', find: '', with: '', regex: true }, /./],
    [{ action: 'set-method', method: 'CONNECT' }, /no request can become one/],
    [{ action: 'set-method', method: 'GE T' }, /not a method/],
    [{ action: 'set-path', path: 'x' }, /begins with/],
    [{ action: 'set-path', path: '/a b' }, /no blanks/],
    [{ action: 'set-body' }, /a body or a file/],
    [{ action: 'json-set', path: 'a', value: 1 }, /begins with \$/],
    [{ action: 'json-patch', patch: [{ op: 'fix', path: '/a' }] }, /./],
    [{ action: 'json-patch', patch: [{ op: 'remove', path: 'a' }] }, /JSON pointer/],
    [{ action: 'throttle' }, /Give a preset/],
    [{ action: 'throttle', preset: 'fast' }, /./],
    [{ action: 'mark', mark: 6 }, /./],
    [{ action: 'nothing' }, /./],
    [{ action: 'block', oops: 1 }, /oops/],
  ])('%j is refused', (action, message) => {
    const result = Action.safeParse(action);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toMatch(message);
  });
});

describe('a rule set', () => {
  it('says which names clash and which groups are missing', () => {
    const rules = [
      { name: 'a', actions: stop },
      { name: 'a', group: 'g', actions: stop },
    ];
    expect(faults({ version: 1, rules })).toEqual([
      'rules.1.name: There is another rule "a".',
      'rules.1.group: There is no group "g".',
    ]);
    expect(faults({ version: 2 })).toHaveLength(1);
    expect(
      faults({ version: 1, groups: [{ name: 'g' }], rules: [{ name: 'a', group: 'g', actions: stop }] }),
    ).toEqual([]);
  });

  it('counts what is on, in groups that are', () => {
    const set = RuleSet.parse({
      version: 1,
      groups: [{ name: 'on' }, { name: 'off', enabled: false }],
      rules: [
        { name: '1', actions: stop },
        { name: '2', enabled: false, actions: stop },
        { name: '3', group: 'on', actions: stop },
        { name: '4', group: 'off', actions: stop },
      ],
    });
    expect(enabledRules(set).map(({ name }) => name)).toEqual(['1', '3']);
  });
});

describe('words', () => {
  const actions: unknown[] = [
    { action: 'answer', status: 418, body: 'x'.repeat(100) },
    { action: 'answer', session: 7 },
    { action: 'answer', file: 'f' },
    { action: 'answer', folder: 'd' },
    { action: 'map-remote', to: 'http://a.test', keepHost: true },
    { action: 'map-local', file: 'f' },
    { action: 'redirect', to: 'https://a.test/' },
    { action: 'block' },
    { action: 'close' },
    { action: 'reset' },
    { action: 'hang' },
    ...['set-header', 'add-header'].map((action) => ({ action, name: 'A', value: 'v' })),
    { action: 'remove-header', in: 'response', name: 'A' },
    { action: 'replace-header', name: 'A', find: 'a', with: 'b', regex: true },
    ...['set-query', 'add-query', 'set-form'].map((action) => ({ action, name: 'A', value: 'v' })),
    ...['remove-query', 'remove-cookie', 'remove-form'].map((action) => ({ action, name: 'A' })),
    { action: 'replace-query', name: 'A', find: 'a', with: 'b' },
    { action: 'set-cookie', name: 'A', value: 'v' },
    { action: 'replace-cookie', name: 'A', find: 'a', with: 'b' },
    { action: 'set-path', path: '/a' },
    { action: 'replace-path', find: 'a', with: 'b' },
    { action: 'set-method', method: 'PUT' },
    { action: 'set-status', status: 500 },
    { action: 'set-body', file: 'f' },
    { action: 'replace-body', find: 'a', with: 'b' },
    { action: 'json-set', path: '$.a', value: { b: 1 } },
    { action: 'json-remove', path: '$.a' },
    { action: 'json-patch', patch: [{ op: 'remove', path: '/a' }] },
    { action: 'delay', ms: 5 },
    { action: 'throttle', preset: '3g', loss: 0.1 },
    ...['request', 'response', 'both', 'messages'].map((at) => ({ action: 'break', at })),
    { action: 'mark', mark: 0 },
    { action: 'comment', text: 'c' },
    { action: 'hide' },
    { action: 'no-decrypt' },
    { action: 'upstream-proxy', proxy: 'http://user:secret@p.test:1' },
    { action: 'client-certificate', file: 'f', passphrase: 'secret' },
    { action: 'mock', capture: 'c.sluice', filter: 'host:a' },
    { action: 'replace-message', direction: 'sent', find: 'a', with: 'b' },
    { action: 'run-script', file: 'a.ts' },
    { action: 'stop' },
  ];

  it.each(actions)('%j explains itself, on one line and without a secret', (given) => {
    const words = explainAction(Action.parse(given));
    expect(words).toMatch(/^[a-z]/);
    expect(words).not.toMatch(/undefined|secret|\n|\.$/);
    expect(words.length).toBeLessThan(160);
    expect(['request', 'response', 'both', 'any', 'connection']).toContain(momentOf(Action.parse(given)));
  });

  it('every action there is stands in the list above', () => {
    const named = new Set(actions.map((one) => (one as { action: string }).action));
    expect(named.size).toBe(Action.def.options.length);
  });

  it('make a sentence of a rule', () => {
    const rule = Rule.parse({
      name: 'n',
      when: 'host:a',
      times: 2,
      actions: [{ action: 'delay', ms: 10 }, { action: 'block' }],
    });
    expect(explainRule(rule)).toBe(
      'For all requests that pass host:a, 2 times at most: hold the request back for 10 ms; then block it with 403.',
    );
  });
});

it('presets are rules, for all requests and for some', () => {
  for (const { make, label } of RULE_PRESETS) {
    expect(Rule.parse(make('')).name).toBe(label);
    expect(JSON.stringify(Rule.parse(make('host:acme')).when)).toContain('host:acme');
  }
  expect(new Set(RULE_PRESETS.map(({ id }) => id)).size).toBe(RULE_PRESETS.length);
});

it('texts of changes are cut and say so', () => {
  expect(cutText('a')).toBe('a');
  expect(cutText('a'.repeat(MAX_CHANGE_TEXT + 1))).toHaveLength(MAX_CHANGE_TEXT);
  expect(cutText('a'.repeat(MAX_CHANGE_TEXT + 1)).at(-1)).toBe('…');
});
