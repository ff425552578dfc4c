import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RuleSet } from '#model/rules/rule.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';

it('scripts are written, switched on, seen at work, and taken away', async () => {
  await using at = await runningHost();
  await using origin = await echoOrigin();
  const { client, proxyPort } = at;
  const ask = () => viaProxy({ proxyPort, url: `${origin.url}/a` });
  const { file } = await client.call('scripts.save', {
    file: 'mine.ts',
    text: 'export function request(r: { headers: Headers }) { console.log("hi"); r.headers.set("X-Mine", "1") }',
  });
  await ask();
  expect(origin.received.at(-1)?.headers).not.toContainEqual(['X-Mine', '1']);
  await client.call('scripts.switch', { file, on: true });
  await ask();
  expect(origin.received.at(-1)?.headers).toContainEqual(['X-Mine', '1']);
  const { scripts, folder } = await firstItem(client.open('scripts.watch', {}));
  expect(file).toBe(join(folder, 'mine.ts'));
  expect(scripts).toMatchObject([
    { name: 'mine.ts', on: true, fixed: false, calls: 1, console: [{ text: 'hi' }] },
  ]);
  expect((await client.call('scripts.source', { file })).text).toMatch(/^export function/);
  expect(await client.call('scripts.values', { id: 1 })).toEqual({ values: [] });
  await client.call('scripts.remove', { file });
  await ask();
  expect(origin.received.at(-1)?.headers).not.toContainEqual(['X-Mine', '1']);
  await expect(client.call('scripts.source', { file })).rejects.toMatchObject({ code: 'not-found' });

  // A rule runs a script for what it matches.
  writeFileSync(join(at.folder, 'data', 'by-rule.js'), 'export function response(r) { r.status = 201 }');
  const rules = RuleSet.parse({
    version: 1,
    rules: [{ name: 'scripted', when: 'path:/b', actions: [{ action: 'run-script', file: 'by-rule.js' }] }],
  });
  expect(await client.call('rules.save', { rules })).toEqual({ problems: [] });
  expect((await ask()).status).toBe(200);
  expect((await viaProxy({ proxyPort, url: `${origin.url}/b` })).status).toBe(201);
  const none = {
    ...rules,
    rules: [{ ...rules.rules[0], actions: [{ action: 'run-script', file: 'none.js' }] }],
  };
  expect(await client.call('rules.save', { rules: RuleSet.parse(none) })).toMatchObject({
    problems: [{ message: expect.stringMatching(/There is no script .*none\.js/) }],
  });
});
