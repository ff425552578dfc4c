import { describe, expect, it } from 'vitest';
import { type RuleInput, RuleSet } from '#model/rules/rule.ts';
import { compileRules } from './compile-rule.ts';
import { RuleBook } from './rule-book.ts';
import { Tallies } from './tallies.ts';

const sources = { folder: '/', session: async () => undefined };

function book(rules: Omit<RuleInput, 'name'>[], random = () => 0.5) {
  const named = rules.map((rule, index) => ({ name: String(index), ...rule }));
  const result = compileRules(RuleSet.parse({ version: 1, rules: named }), sources);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const tallies = new Tallies();
  return { tallies, book: new RuleBook(result.rules, tallies, random) };
}
const asked = (url: string, method = 'GET') => ({
  head: { method, target: '/', httpVersion: 'HTTP/1.1', headers: [] },
  url,
  host: new URL(url).hostname.replace(/^\[|\]$/g, ''),
  kind: 'http' as const,
  bodySize: 0,
});
const names = (made: { book: RuleBook }, url: string, method?: string) =>
  made.book.plan(asked(url, method))?.rules.map(({ rule }) => rule.name);
const block = [{ action: 'block' as const }];
const edit = [{ action: 'set-status' as const, status: 500 }];

describe('a rule book', () => {
  it('finds rules in order, by host, method, URL and filter', () => {
    const made = book([
      { when: 'host=a.test', actions: block },
      { when: { url: { prefix: 'https://a.test/x' } }, actions: block },
      { when: 'method=POST', actions: block },
      { when: 'host=[::1]', actions: block },
    ]);
    expect(names(made, 'https://a.test/')).toEqual(['0']);
    expect(names(made, 'https://a.test/xy', 'POST')).toEqual(['0', '1', '2']);
    expect(names(made, 'https://b.test/')).toBeUndefined();
    expect(names(made, 'http://[::1]/')).toEqual(['3']);
  });

  it('looks at no rule behind one that says stop', () => {
    const made = book([{ actions: [{ action: 'mark', mark: 1 }, { action: 'stop' }] }, { actions: block }]);
    expect(names(made, 'http://a/')).toEqual(['0']);
  });

  it('counts, and uses no rule more often than it may be', () => {
    const made = book([{ times: 2, actions: block }]);
    expect([1, 2, 3].map(() => names(made, 'http://a/'))).toEqual([['0'], ['0'], undefined]);
    expect(made.tallies.matches('0')).toBe(2);
  });

  it('leaves a share to chance', () => {
    expect(names(book([{ when: { chance: 0.6 }, actions: block }]), 'http://a/')).toEqual(['0']);
    expect(names(book([{ when: { chance: 0.4 }, actions: block }]), 'http://a/')).toBeUndefined();
  });

  it('asks the response where a rule wants that, and counts only then', () => {
    const made = book([
      { when: { response: 'status:4xx' }, actions: edit },
      { when: { response: 'type:json' }, actions: edit },
      { actions: edit },
    ]);
    const plan = made.book.plan(asked('http://a/'));
    if (plan === undefined) throw new Error('a plan');
    expect(made.tallies.list().map(({ rule }) => rule)).toEqual(['2']);
    const head = {
      httpVersion: 'HTTP/1.1',
      status: 404,
      reason: '',
      headers: [['Content-Type', 'text/html']] as [string, string][],
    };
    expect(made.book.responseSteps(plan, head, 0).map(({ rule }) => rule.name)).toEqual(['0', '2']);
    expect(made.tallies.matches('0')).toBe(1);
  });

  it('says which hosts are not to be decrypted', () => {
    const made = book([{ when: 'host:*.bank.test', actions: [{ action: 'no-decrypt' }] }]);
    expect(made.book.passes('my.bank.test', 443)?.name).toBe('0');
    expect(made.book.passes('bank.test', 443)).toBeUndefined();
    // It has nothing to do with requests.
    expect(names(made, 'https://my.bank.test/')).toBeUndefined();
  });

  it('says what is hidden, and whose messages are paused', () => {
    const made = book([{ actions: [{ action: 'hide' }, { action: 'break', at: 'messages', limit: 1 }] }]);
    expect(made.book.plan(asked('http://a/'))).toMatchObject({
      hides: true,
      messages: [{ rule: '0', step: { kind: 'break', limitMs: 1000 } }],
    });
  });

  it('with many rules asks each only once whether it can be for a host and a method at all', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      name: String(i),
      when: `host=h${i}.test`,
      actions: block,
    }));
    const result = compileRules(RuleSet.parse({ version: 1, rules: many }), sources);
    if (!result.ok) throw new Error('compiles');
    let askedFor = 0;
    const counted = result.rules.map((rule) => ({
      ...rule,
      condition: {
        ...rule.condition,
        may: (host: string, method: string) => {
          askedFor += 1;
          return rule.condition.may(host, method);
        },
        request: () => {
          throw new Error('no rule is for that host');
        },
      },
    }));
    const made = new RuleBook(counted, new Tallies());
    for (let i = 0; i < 100; i += 1) expect(made.plan(asked('https://elsewhere.test/'))).toBeUndefined();
    expect(askedFor).toBe(200);
    made.plan(asked('https://elsewhere.test/', 'POST'));
    expect(askedFor).toBe(400);
  });
});
