import { describe, expect, it } from 'vitest';
import { readCharles } from './read-charles.ts';
import { readXml } from './xml.ts';

const read = (text: string) => readCharles(readXml(text));
const location = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('');
const rewrite = (
  rule: Record<string, string>,
  where: Record<string, string> = { protocol: 'https', host: 'a.test' },
) =>
  read(
    `<rewriteSet-array><rewriteSet><active>true</active><name>Set</name><hosts><locationPatterns><locationMatch><location>${location(where)}</location><enabled>true</enabled></locationMatch></locationPatterns></hosts>` +
      `<rules><rewriteRule><active>true</active>${location({ matchRequest: 'false', matchResponse: 'true', caseSensitive: 'true', ...rule })}</rewriteRule></rules></rewriteSet></rewriteSet-array>`,
  );

it('maps remote', () => {
  const { rules } = read(
    `<map><toolEnabled>true</toolEnabled><mappings>
      <mapMapping><sourceLocation>${location({ protocol: 'https', host: 'api.test', port: '443' })}</sourceLocation><destLocation>${location({ protocol: 'http', host: 'localhost', port: '8080' })}</destLocation><preserveHostHeader>true</preserveHostHeader><enabled>true</enabled></mapMapping>
      <mapMapping><sourceLocation>${location({ protocol: 'https', host: 'api.test', path: '/v1/*' })}</sourceLocation><destLocation>${location({ path: '/v2/' })}</destLocation><enabled>false</enabled></mapMapping>
      <mapMapping><sourceLocation>${location({ host: '*.test' })}</sourceLocation><destLocation>${location({ host: 'x' })}</destLocation></mapMapping>
    </mappings></map>`,
  );
  expect(rules).toEqual([
    {
      name: 'Map https://api.test:443',
      enabled: true,
      when: { url: { prefix: 'https://api.test/' } },
      actions: [{ action: 'map-remote', to: 'http://localhost:8080', keepHost: true }],
    },
    {
      name: 'Map https://api.test/v1/*',
      enabled: false,
      when: { url: { prefix: 'https://api.test/v1/' } },
      actions: [{ action: 'map-remote', to: 'https://api.test/v2/*' }],
    },
  ]);
});

it('maps local, and blocks', () => {
  const local = read(
    `<mapLocal><mappings><mapLocalMapping><sourceLocation>${location({ protocol: 'https', host: 'a.test', path: '/js/*' })}</sourceLocation><dest>/srv/js</dest><enabled>true</enabled></mapLocalMapping>
     <mapLocalMapping><sourceLocation>${location({ protocol: 'https', host: 'a.test', path: '/x.js' })}</sourceLocation><dest>/srv/x.js</dest><caseSensitive>false</caseSensitive></mapLocalMapping></mappings></mapLocal>`,
  );
  expect(local.rules.map(({ actions }) => actions[0])).toEqual([
    { action: 'map-local', folder: '/srv/js', strip: '/js' },
    { action: 'map-local', file: '/srv/x.js' },
  ]);
  expect(local.rules[1]?.when).toEqual({
    url: { regex: '(?i)^https://a\\.test(?::\\d+)?/x\\.js(?:\\?.*)?$' },
  });
  expect(local.notes).toHaveLength(1);
  const blocked = read(
    `<blacklist><toolEnabled>false</toolEnabled><locations><locationMatch><location>${location({ host: '*.ads.test' })}</location><enabled>true</enabled></locationMatch></locations></blacklist>`,
  );
  expect(blocked.rules).toEqual([
    {
      name: 'Block *.ads.test',
      enabled: false,
      when: { url: { regex: '(?i)^https?://[^/:]*\\.ads\\.test(?::\\d+)?(?:/[^?]*)?(?:\\?.*)?$' } },
      actions: [{ action: 'block' }],
    },
  ]);
});

describe('rewrites', () => {
  it.each([
    [
      { ruleType: '1', newHeader: 'X', newValue: '1' },
      { action: 'add-header', in: 'response', name: 'X', value: '1' },
    ],
    [
      { ruleType: '2', matchHeader: 'X' },
      { action: 'remove-header', in: 'response', name: 'X' },
    ],
    [
      { ruleType: '3', matchHeader: 'X', newHeader: 'X', newValue: '2' },
      { action: 'set-header', in: 'response', name: 'X', value: '2' },
    ],
    [
      { ruleType: '3', matchHeader: 'X', matchValue: 'a', newValue: 'b' },
      { action: 'replace-header', in: 'response', name: 'X', find: 'a', with: 'b' },
    ],
    [
      { ruleType: '4', newValue: 'b.test' },
      { action: 'map-remote', to: 'https://b.test' },
    ],
    [
      { ruleType: '5', matchValue: '/a', newValue: '/b' },
      { action: 'replace-path', find: '/a', with: '/b' },
    ],
    [
      { ruleType: '7', matchValue: '7400', newValue: '300', caseSensitive: 'false' },
      { action: 'replace-body', in: 'response', find: '(?i)7400', with: '300', regex: true },
    ],
    [
      { ruleType: '8', newHeader: 'q', newValue: '1' },
      { action: 'add-query', name: 'q', value: '1' },
    ],
    [
      { ruleType: '10', matchHeader: 'q' },
      { action: 'remove-query', name: 'q' },
    ],
    [
      { ruleType: '11', newValue: '404 Not here' },
      { action: 'set-status', status: 404, reason: 'Not here' },
    ],
  ])('%j', (rule, action) => {
    const { rules, notes } = rewrite(rule);
    expect([rules[0]?.actions, notes]).toEqual([[action], []]);
    expect(rules[0]).toMatchObject({
      name: 'Set, rule 1',
      enabled: true,
      when: { url: { prefix: 'https://a.test/' } },
    });
  });

  it.each([
    [{ ruleType: '6', matchValue: 'a' }, /not rewritten as one text/],
    [{ ruleType: '99' }, /not known/],
    [{ ruleType: '3', matchHeader: 'A', newHeader: 'B' }, /keeps its name/],
    [{ ruleType: '7', matchResponse: 'false' }, /neither/],
    [{ ruleType: '1', newHeader: 'X', matchHeaderRegex: 'true' }, /by pattern/],
  ])('%j has no counterpart', (rule, why) => {
    const { rules, notes } = rewrite(rule);
    expect([rules, notes[0]?.why]).toEqual([[], expect.stringMatching(why)]);
  });

  it('tells that all is replaced', () => {
    expect(rewrite({ ruleType: '7', matchValue: 'a', newValue: 'b', replaceType: '1' }).notes).toHaveLength(
      1,
    );
  });
});

it('refuses settings of another kind', () => {
  expect(() => read('<throttling/>')).toThrow(/no settings that can be read/);
  expect(() => read('<constructor/>')).toThrow(/no settings/);
});
