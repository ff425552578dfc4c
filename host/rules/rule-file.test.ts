import { describe, expect, it } from 'vitest';
import { RULE_PRESETS } from '#model/rules/presets.ts';
import { NO_RULES, Rule, RuleSet } from '#model/rules/rule.ts';
import { placeProblems, problemLines, readRuleText, writeRuleText } from './rule-file.ts';

const problems = (text: string) => {
  const read = readRuleText(text);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
};
const GOOD = `# what the team agreed on
version: 1

groups:
  - name: Slow # for the demo
    enabled: false

rules:
  # keeps caches out
  - name: No cache
    when: host:*.acme.test
    actions:
      - { action: remove-header, name: If-None-Match } # both
      - action: set-header
        in: response
        name: Cache-Control
        value: no-store
  - name: Slow
    group: Slow
    actions: [ { action: throttle, preset: slow-3g } ]
`;

describe('a rule file', () => {
  it('is read into rules with their defaults', () => {
    expect(readRuleText(GOOD)).toMatchObject({
      ok: true,
      rules: {
        groups: [{ name: 'Slow', enabled: false }],
        rules: [
          { name: 'No cache', enabled: true, when: 'host:*.acme.test' },
          { name: 'Slow', when: '' },
        ],
      },
    });
  });

  it('that is empty holds none', () => {
    for (const text of ['', '\n# nothing yet\n', 'version: 1'])
      expect(readRuleText(text)).toEqual({ ok: true, rules: NO_RULES });
  });

  it.each([
    ['version: 2\n', '1: Invalid input: expected 1'],
    ['version: 1\noops: 1\n', '2: Unrecognized key: "oops"'],
    ['version: 1\nrules:\n  - name: a\n    actions:\n      - action: blok\n', /^5: Invalid/],
    [
      'version: 1\nrules:\n  - name: a\n    when: hots:b\n    actions: [{action: block}]\n',
      /^4: .*Did you mean "host"/,
    ],
    [
      'version: 1\nrules:\n  - name: a\n    actions:\n      - action: block\n      - action: set-header\n        name: A\n        value: "b\\r\\nc"\n',
      /^8: A header value is one line/,
    ],
    [
      'version: 1\nrules:\n  - name: a\n    actions:\n      - action: answer\n        headers: {Content-Length: "1"}\n',
      /^6: Content-Length is kept right/,
    ],
    [
      'version: 1\nrules:\n  - {name: a, actions: [{action: block}]}\n  - {name: a, actions: [{action: block}]}\n',
      '4: There is another rule "a".',
    ],
    ['version: 1\nrules:\n  - name: a\n   actions: []\n', /^\d: /],
    ['a: 1\na: 2\n', /^2: Map keys must be unique/],
    ['- 1\n', /^1: /],
    ['version: 1\nrules: [*a]\n', /alias/],
  ])('%j is refused at its line', (text, message) => {
    const [first] = problems(text);
    if (typeof message === 'string') expect(first).toBe(message);
    else expect(first).toMatch(message);
  });

  it('has all its faults told, in order', () => {
    expect(
      problems(
        'version: 1\nrules:\n  - name: a\n    times: 0\n    actions: []\n  - name: b\n    actions: [{action: mark, mark: 9}]\n',
      ).map((line) => line[0]),
    ).toEqual(['4', '5', '7']);
  });

  it('cannot blow up by its aliases', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(problems(bomb)[0]).toMatch(/alias/i);
  });

  it('places what is found later', () => {
    expect(
      placeProblems(GOOD, [
        { path: ['rules', 0, 'actions', 1], message: 'm' },
        { path: ['groups', 0, 'name'], message: 'n' },
        { path: ['zz'], message: 'o' },
      ]),
    ).toEqual([
      { line: 2, message: 'o' },
      { line: 5, message: 'n' },
      { line: 14, message: 'm' },
    ]);
    expect(problemLines('f.yaml', [{ line: 2, message: 'm' }])).toBe('f.yaml:2: m');
  });
});

describe('writing', () => {
  const read = (text: string): RuleSet => {
    const result = readRuleText(text);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.rules;
  };

  it('what has not changed stays as it was written, comments included', () => {
    expect(writeRuleText(read(GOOD), GOOD)).toBe(GOOD);
  });

  it('a change touches its rule alone', () => {
    const rules = read(GOOD);
    const [first, second] = rules.rules;
    if (!first || !second) throw new Error('two rules');
    const added = Rule.parse({ name: 'New', actions: [{ action: 'block' }] });
    const text = writeRuleText({ ...rules, rules: [added, { ...second, enabled: false }, first] }, GOOD);
    expect(text).toContain('# both');
    expect(text).toContain('# what the team agreed on');
    expect(text).toContain('# for the demo');
    expect(read(text).rules.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['New', true],
      ['Slow', false],
      ['No cache', true],
    ]);
    expect(text).not.toContain('when: ""');
  });

  it('every preset is read back as it was', () => {
    const set = RuleSet.parse({ version: 1, rules: RULE_PRESETS.map(({ make }) => make('host:a')) });
    expect(read(writeRuleText(set))).toEqual(set);
    expect(read(writeRuleText(NO_RULES))).toEqual(NO_RULES);
  });

  it('a file with faults is written anew', () => {
    expect(read(writeRuleText(read(GOOD), 'version: 1\noops: 1\n'))).toEqual(read(GOOD));
  });
});
