import { describe, expect, test } from 'vitest';
import { Action } from '#model/rules/action.ts';
import { RULE_PRESETS } from '#model/rules/presets.ts';
import { ACTION_NAMES, actionFields, actionOfText, blankAction, textOfAction } from './action-form.ts';

describe('the form of an action', () => {
  test('is there for every one', () => {
    expect(ACTION_NAMES).toHaveLength(Action.def.options.length);
    for (const name of ACTION_NAMES) {
      const keys = actionFields(name).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(blankAction(name).action).toBe(name);
    }
  });

  test('knows what kind each field is', () => {
    expect(actionFields('set-header')).toEqual([
      { key: 'in', kind: 'choice', optional: true, choices: ['request', 'response'] },
      { key: 'name', kind: 'text', optional: false },
      { key: 'value', kind: 'text', optional: false },
    ]);
    expect(actionFields('json-patch')).toContainEqual({ key: 'patch', kind: 'json', optional: false });
    expect(actionFields('throttle')[1]).toMatchObject({ key: 'down', kind: 'number' });
    expect(actionFields('replace-body').find(({ key }) => key === 'regex')).toMatchObject({ kind: 'switch' });
  });

  test.each([
    { action: 'answer', status: 404, headers: { A: 'b' }, body: 'x' },
    { action: 'json-set', path: '$.a', value: { b: [1] } },
    { action: 'replace-body', find: 'a', with: '', regex: true },
    { action: 'break', at: 'both', limit: 5 },
    { action: 'stop' },
    ...RULE_PRESETS.flatMap(({ make }) => make('').actions),
  ])('%j is written and read back', (action) => {
    const parsed = Action.parse(action);
    expect(Action.parse(actionOfText(textOfAction(parsed)))).toEqual(parsed);
  });

  test('what cannot be read is refused by the definition', () => {
    expect(Action.safeParse(actionOfText({ action: 'delay', ms: 'soon' })).success).toBe(false);
    expect(Action.safeParse(actionOfText({ action: 'json-patch', patch: '{' })).success).toBe(false);
    expect(Action.safeParse(actionOfText(blankAction('set-header'))).success).toBe(false);
  });
});
