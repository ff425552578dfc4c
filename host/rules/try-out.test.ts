import { describe, expect, it } from 'vitest';
import { Rule, type RuleInput } from '#model/rules/rule.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture, type TestCapture } from '../testing/captures.ts';
import { tryOut } from './try-out.ts';

const capture = () =>
  openTestCapture(
    ...[1, 2, 3].map((id) =>
      makeSession({
        id,
        url: `http://a.test/${id}`,
        status: id === 3 ? 500 : 200,
        responseBody: `{"id":${id}}`,
      }),
    ),
    makeSession({ id: 4, url: 'http://b.test/', responseBody: 'text' }),
  );
const tried = ({ store }: TestCapture, rule: Omit<RuleInput, 'name'>) =>
  tryOut(store, Rule.parse({ name: 'r', ...rule }), '/rules.yaml');

describe('trying a rule out', () => {
  it('counts what it would have changed, and shows how', async () => {
    await using at = await capture();
    const result = await tried(at, {
      when: 'host=a.test',
      actions: [{ action: 'json-set', in: 'response', path: '$[?@ == 2]', value: 9 }],
    });
    expect(result).toMatchObject({ matched: 3, changed: 1, total: 4 });
    expect(result.examples).toEqual([
      {
        id: 2,
        url: 'http://a.test/2',
        changes: [{ part: 'response body', before: '{"id":2}', after: '{"id":9}' }],
      },
    ]);
  });

  it('asks the response too', async () => {
    await using at = await capture();
    const result = await tried(at, {
      when: { response: 'status:5xx' },
      actions: [{ action: 'set-status', status: 200 }],
    });
    expect(result).toMatchObject({ matched: 1, changed: 1, examples: [{ id: 3 }] });
  });

  it.each([
    [[{ action: 'block' }], { part: 'response', before: '200', after: '403, from the rule' }],
    [[{ action: 'close' }], { part: 'response', after: 'none: close' }],
    [[{ action: 'mark', mark: 1 }], { part: 'session', after: 'mark it 1' }],
  ])('%j changes all that match', async (actions, change) => {
    await using at = await capture();
    const result = await tried(at, { actions: actions as RuleInput['actions'] });
    expect(result).toMatchObject({ matched: 4, changed: 4 });
    expect(result.examples[0]?.changes).toEqual([change]);
  });

  it('changes nothing itself, and counts failures as no change', async () => {
    await using at = await capture();
    const result = await tried(at, {
      when: 'host=b.test',
      actions: [{ action: 'json-set', in: 'response', path: '$.a', value: 1 }],
    });
    expect(result).toMatchObject({ matched: 1, changed: 0, examples: [] });
  });

  it('refuses a rule that cannot be done', async () => {
    await using at = await capture();
    await expect(tried(at, { actions: [{ action: 'json-remove', path: '$[' }] })).rejects.toMatchObject({
      code: 'bad-rules',
    });
  });
});
