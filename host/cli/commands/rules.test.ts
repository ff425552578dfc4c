import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { temporaryFolder, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const RULES = `version: 1
rules:
  - name: no cache
    when: host:acme
    actions:
      - {action: set-header, in: response, name: Cache-Control, value: no-store}
  - name: off
    enabled: false
    actions: [{action: block}]
`;

describe('sluice rules', () => {
  it('says each rule in words', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'r.yaml');
    writeFileSync(file, RULES);
    const { out, code } = await sluice('rules', 'check', file);
    expect([code, out]).toEqual([
      0,
      'no cache: For all requests that pass host:acme: set Cache-Control of the response to "no-store".\noff (off): For all requests: block it with 403.\n2 rules, nothing wrong with them\n',
    ]);
  });

  it('names faulty lines, of the text and of what it means', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'r.yaml');
    writeFileSync(file, RULES.replace('host:acme', 'hots:acme'));
    const refused = await sluice('rules', 'check', file);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/r\.yaml:4: .*Did you mean "host".* \[bad-rules\]\n$/);
    writeFileSync(file, RULES.replace('{action: block}', '{action: json-remove, path: "$["}'));
    expect((await sluice('rules', 'check', file)).err).toMatch(/r\.yaml:9: The JSON path/);
    expect(await sluice('rules', 'check', join(folder.path, 'none'))).toMatchObject({ code: 3 });
  });

  it('tries them out on a capture', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'r.yaml');
    writeFileSync(file, RULES);
    using capture = await writtenCapture(
      makeSession({ id: 1, url: 'http://acme.test/' }),
      makeSession({ id: 2, url: 'http://other.test/' }),
    );
    const { out } = await sluice('rules', 'try', file, capture.path);
    expect(out).toMatch(
      /^no cache: would have changed 1 of 2\n {2}1 http:\/\/acme\.test\/\n {4}response header Cache-Control: nothing → no-store\n/,
    );
    expect(jsonLines(await sluice('rules', 'try', file, capture.path, '--json'))).toMatchObject([
      { rule: 'no cache', matched: 1, changed: 1, total: 2 },
      { rule: 'off', matched: 2, changed: 2 },
    ]);
  });

  it('gives presets as a file to start from', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'r.yaml');
    writeFileSync(file, (await sluice('rules', 'presets')).out);
    expect((await sluice('rules', 'check', file)).out).toMatch(
      /^No cache \(off\): .*nothing wrong with them\n$/s,
    );
  });
});
