import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_RULES, RuleSet } from '#model/rules/rule.ts';
import { Interception } from '#proxy-core/intercept/interception.ts';
import { until } from '#proxy-core/testing/until.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { openRules } from './rule-store.ts';

const blocking = (name: string) => `version: 1\nrules:\n  - name: ${name}\n    actions: [{action: block}]\n`;
const interception = () => new Interception({ sources: { folder: '/', session: async () => undefined } });

async function opened(text: string | undefined, demanded = true) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'my.rules.yaml');
  if (text !== undefined) writeFileSync(file, text);
  const made = interception();
  const told: string[] = [];
  const rules = await openRules({
    file,
    demanded,
    interception: made,
    reloaded: (problems, { rules: loaded }) =>
      void told.push(problems.map(({ line }) => `line ${line}`).join() || `${loaded.length}`),
  }).catch((error) => {
    folder[Symbol.dispose]();
    throw error;
  });
  return {
    file,
    told,
    rules,
    interception: made,
    names: () => made.rules.rules.map(({ name }) => name),
    [Symbol.asyncDispose]: async () => {
      await rules[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

describe('a rule file', () => {
  it('is in force from the start, and anew whenever it is saved', async () => {
    await using at = await opened(blocking('one'));
    expect(at.names()).toEqual(['one']);
    writeFileSync(at.file, blocking('two'));
    await until(
      () => at.told.length === 1,
      () => 'not reloaded',
    );
    expect([at.told, at.names()]).toEqual([['1'], ['two']]);
    // As editors save.
    writeFileSync(`${at.file}.new`, blocking('three'));
    renameSync(`${at.file}.new`, at.file);
    await until(
      () => at.told.length === 2,
      () => 'not reloaded',
    );
    expect(at.names()).toEqual(['three']);
  });

  it('with faults changes nothing, and says where they are', async () => {
    await using at = await opened(blocking('one'));
    writeFileSync(at.file, `${blocking('two')}oops: 1\n`);
    await until(
      () => at.told.length === 1,
      () => 'not reloaded',
    );
    expect([at.told, at.names()]).toEqual([['line 5'], ['one']]);
    expect(at.rules.state().problems).toMatchObject([{ line: 5 }]);
    writeFileSync(at.file, blocking('three'));
    await until(
      () => at.told.length === 2,
      () => 'not reloaded',
    );
    expect(at.rules.state().problems).toEqual([]);
  });

  it('that was asked for must be there and right', async () => {
    await expect(opened(undefined)).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(opened('version: 1\noops: 1\n')).rejects.toMatchObject({
      code: 'bad-rules',
      message: expect.stringMatching(/my\.rules\.yaml:2: /),
    });
    await expect(
      opened('version: 1\nrules:\n  - name: a\n    actions:\n      - {action: json-remove, path: "$["}\n'),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/my\.rules\.yaml:5: The JSON path/),
    });
  });

  it('that nobody asked for may be missing or wrong', async () => {
    await using missing = await opened(undefined, false);
    expect(missing.rules.state()).toMatchObject({ rules: NO_RULES, problems: [] });
    await using wrong = await opened('oops', false);
    expect(wrong.rules.state().problems).toHaveLength(1);
  });
});

describe('saving', () => {
  it('puts rules in force and on disk, without hearing of it as of another', async () => {
    await using at = await opened(`# mine\n${blocking('one')}`);
    const next = RuleSet.parse({
      version: 1,
      rules: [...at.rules.state().rules.rules, { name: 'new', actions: [{ action: 'close' }] }],
    });
    expect(await at.rules.save(next)).toEqual([]);
    expect(at.names()).toEqual(['one', 'new']);
    expect(readFileSync(at.file, 'utf8')).toMatch(/^# mine\n.*name: one.*name: new/s);
    writeFileSync(at.file, blocking('theirs'));
    await until(
      () => at.names()[0] === 'theirs',
      () => at.names().join(),
    );
    expect(at.told).toEqual(['1']);
  });

  it('of what cannot be done changes nothing', async () => {
    await using at = await opened(blocking('one'));
    const bad = RuleSet.parse({
      version: 1,
      rules: [{ name: 'a', actions: [{ action: 'json-remove', path: '$[' }] }],
    });
    expect(await at.rules.save(bad)).toMatchObject([{ message: expect.stringMatching(/JSON path/) }]);
    expect([at.names(), readFileSync(at.file, 'utf8')]).toEqual([['one'], blocking('one')]);
  });
});

describe('breakpoints that are set by hand', () => {
  it('stand before the rules, and not in their file', async () => {
    await using at = await opened(blocking('one'));
    at.rules.setBreakpoints([{ filter: 'host:a', at: 'both' }]);
    expect(at.names()).toEqual(['breakpoint 1: host:a', 'one']);
    expect(at.rules.state().rules.rules).toHaveLength(1);
    await at.rules.save(at.rules.state().rules);
    expect(readFileSync(at.file, 'utf8')).not.toContain('breakpoint');
    at.rules.setBreakpoints([]);
    expect(at.names()).toEqual(['one']);
  });

  it('at responses ask for what only they have', async () => {
    await using at = await opened(blocking('one'));
    at.rules.setBreakpoints([{ filter: 'status=404', at: 'response' }]);
    expect(at.names()).toEqual(['breakpoint 1: status=404', 'one']);
    expect(() => at.rules.setBreakpoints([{ filter: 'status=404', at: 'request' }])).toThrow(/not known/);
  });

  it('are refused when their filter cannot be read', async () => {
    await using at = await opened(blocking('one'));
    expect(() => at.rules.setBreakpoints([{ filter: 'hots:a', at: 'both' }])).toThrow(/Did you mean "host"/);
    expect(at.rules.breakpoints).toEqual([]);
  });
});
