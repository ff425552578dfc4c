import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Rule, RuleSet } from '#model/rules/rule.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';

describe('rules.*', () => {
  it('are saved, in force at once, counted, and known to sessions', async () => {
    await using at = await runningHost();
    await using origin = await echoOrigin();
    const rules = RuleSet.parse({
      version: 1,
      rules: [
        {
          name: 'add',
          when: 'path:/a',
          actions: [
            { action: 'set-header', name: 'X-Rule', value: 'yes' },
            { action: 'mark', mark: 2 },
          ],
        },
      ],
    });
    expect(await at.client.call('rules.save', { rules })).toEqual({ problems: [] });
    await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/a` });
    expect(origin.received[0]?.headers).toContainEqual(['X-Rule', 'yes']);
    const state = await firstItem(at.client.open('rules.watch', {}), ({ tallies }) => tallies.length > 0);
    expect(state).toMatchObject({ rules, problems: [], tallies: [{ rule: 'add', matches: 1, failures: 0 }] });
    const session = await firstItem(
      at.client.open('sessions.get', { id: 1 }),
      ({ row }) => row.state !== 'active' && row.mark === 2,
    );
    expect(session.touches).toMatchObject([
      { rule: 'add', changes: [{ part: 'request header X-Rule', after: 'yes' }] },
      { action: 'mark it 2' },
    ]);
  });

  it('that cannot be done are refused, by line', async () => {
    await using at = await runningHost();
    const rules = RuleSet.parse({
      version: 1,
      rules: [{ name: 'a', actions: [{ action: 'json-remove', path: '$[' }] }],
    });
    expect((await at.client.call('rules.save', { rules })).problems).toMatchObject([
      { line: 5, message: expect.stringMatching(/JSON path/) },
    ]);
    await expect(
      at.client.call('rules.save', { rules: { version: 1, groups: [], rules: [{ name: '' }] } as never }),
    ).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('are made of sessions, tried out, and answer in the place of the origin', async () => {
    await using at = await runningHost();
    const origin = await echoOrigin();
    const url = `${origin.url}/api`;
    const before = await viaProxy({ proxyPort: at.proxyPort, url });
    await origin[Symbol.asyncDispose]();
    await firstItem(at.client.open('sessions.get', { id: 1 }), ({ row }) => row.state === 'completed');
    const { rules } = await at.client.call('rules.fromSessions', { ids: [1] });
    const [rule] = rules;
    if (rule === undefined) throw new Error('a rule');
    expect(await at.client.call('rules.tryOut', { rule: Rule.parse(rule) })).toMatchObject({
      matched: 1,
      changed: 1,
      total: 1,
    });
    await at.client.call('rules.save', { rules: { version: 1, groups: [], rules } });
    const after = await viaProxy({ proxyPort: at.proxyPort, url });
    expect([after.status, after.body.toString()]).toEqual([before.status, before.body.toString()]);
  });

  it('of a file that was asked for are in force from the start', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'r.yaml');
    writeFileSync(file, 'version: 1\nrules:\n  - name: a\n    actions: [{action: block, status: 451}]\n');
    await using at = await runningHost([], { rules: file });
    expect((await viaProxy({ proxyPort: at.proxyPort, url: 'http://nowhere.test/' })).status).toBe(451);
    expect(at.host.notices.join()).toMatch(/1 rule is in force/);
    writeFileSync(file, 'oops: 1\n');
    await expect(runningHost([], { rules: file })).rejects.toMatchObject({ code: 'bad-rules' });
  });
});
