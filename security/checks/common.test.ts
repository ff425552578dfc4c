/** What every check owes: help, an example of each kind, evidence that points at it, no secret in what it says, linear time. */
import { describe, expect, it } from 'vitest';
import { CheckInfo } from '#model/finding.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { Check } from '../check.ts';
import { endpointOf } from '../path-template.ts';
import { runChecks } from '../run-checks.ts';
import { found, inputOf, JSON_TYPE, jobOf } from '../testing/run-check.ts';
import { CHECKS } from './index.ts';

const TOKEN = 'q8ZrT2mVbX5nK7wLp3Hd';
const login = (body: object, url = 'https://a.test/login'): SessionOverrides => ({
  method: 'POST',
  url,
  requestHeaders: [JSON_TYPE],
  requestBody: JSON.stringify(body),
});
const answer = (body: object): SessionOverrides => ({ responseBody: JSON.stringify(body) });

/** Per check: what it must flag with the text its evidence shows, and what looks alike and is fine. */
const EXAMPLES: Readonly<Record<string, { bad: SessionOverrides; shown: string; good: SessionOverrides }>> = {
  'credentials-in-clear': {
    bad: { url: 'http://a.test/', requestHeaders: [['Authorization', `Bearer ${TOKEN}`]] },
    shown: `Bearer ${TOKEN}`,
    good: { url: 'https://a.test/', requestHeaders: [['Authorization', `Bearer ${TOKEN}`]] },
  },
  'credentials-in-url': {
    bad: { url: `https://a.test/x?access_token=${TOKEN}` },
    shown: TOKEN,
    good: { url: `https://a.test/x?page_token=${TOKEN}` },
  },
  'weak-password': {
    bad: login({ user: 'mia', password: 'qwerty123' }),
    shown: 'qwerty123',
    good: login({ user: 'mia', password: 'vK8#qTz!2mLw9Rxp' }),
  },
  'personal-data': {
    bad: answer({ payment: { card: '4539 5787 6362 1486' } }),
    shown: '4539 5787 6362 1486',
    good: answer({ payment: { order: '4539578763621487' } }),
  },
  'secret-in-response': {
    bad: answer({ key: ['sk', 'live', `${TOKEN}${TOKEN}`].join('_') }),
    shown: ['sk', 'live', `${TOKEN}${TOKEN}`].join('_'),
    good: answer({ key: ['pk', 'live', `${TOKEN}${TOKEN}`].join('_') }),
  },
};

const exampleOf = ({ info }: Check) => {
  const example = EXAMPLES[info.id];
  if (example === undefined) throw new Error(`${info.id} has no examples: add them above`);
  return example;
};

const checks = CHECKS.map((check) => [check.info.id, check] as const);

it('has no two checks of one id', () => {
  expect(new Set(CHECKS.map(({ info }) => info.id)).size).toBe(CHECKS.length);
});

describe.each(checks)('%s', (_, check) => {
  it('explains itself', () => {
    expect(CheckInfo.parse(check.info)).toEqual(check.info);
    const { what, why, fix, references, cwe, owasp } = check.info;
    for (const text of [what, why, fix]) expect(text).toMatch(/^[A-Z].{40,}\.$/);
    expect(cwe.length).toBeGreaterThan(0);
    for (const name of owasp) expect(name).toMatch(/^API(?:10|[1-9]):2023 /);
    expect(owasp.length).toBeGreaterThan(0);
    for (const reference of references) expect(URL.canParse(reference)).toBe(true);
    expect(references.length).toBeGreaterThan(0);
  });

  it('flags its example, with evidence that points at it', () => {
    const { bad, shown } = exampleOf(check);
    expect(found(check, bad).map((one) => one.shown)).toEqual([shown]);
  });

  it('passes over the look-alike', () => {
    expect(found(check, exampleOf(check).good)).toEqual([]);
  });

  it('says no secret', () => {
    const { bad, shown } = exampleOf(check);
    const { findings } = runChecks([check], jobOf(makeSession(bad)));
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain(shown);
  });

  it('says nothing of an empty session, or of one without a response', () => {
    expect(found(check, { responseBody: '' })).toEqual([]);
    expect(found(check, { status: null })).toEqual([]);
  });

  it('leaves media alone', () => {
    for (const type of ['image/png', 'font/woff2', 'video/mp4', 'application/octet-stream']) {
      const { shown } = exampleOf(check);
      const headers: [string, string][] = [['Content-Type', type]];
      const overrides = {
        url: 'https://a.test/x',
        method: 'POST',
        requestHeaders: headers,
        responseHeaders: headers,
      };
      expect(
        found(check, { ...overrides, requestBody: `password=${shown}`, responseBody: `card ${shown}` }),
      ).toEqual([]);
    }
  });
});

/** Text on which patterns of one careless sign take time by the square of its length, or worse. */
const ADVERSARIAL = [
  '4',
  '4111 ',
  '4111-',
  'card 4111111111111112 ',
  'DE89 ',
  'DE89370400440532013000',
  '<',
  '<script>',
  '<script></ script ',
  '"',
  '\\',
  '\\"',
  '{"a":',
  '[1,',
  '{"a":"b"},',
  '&',
  '&a=b',
  'a.',
  '--B',
  'eyJ',
  'eyJ.',
  ';a',
  'AKIA',
  'assword=',
  'Server=a;',
  'secret_key=',
  'postgres://a:',
  '-----BEGIN PRIVATE KEY-----\n',
  'sk-proj-aaaaaaaaaaaa',
  '%40a.',
] as const;
const TYPES = [
  'application/json',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=B',
] as const;

/** The shorter of two runs of all checks over `size` bytes of `unit` in every place that takes text. */
function milliseconds(unit: string, type: string, size: number): number {
  const text = unit.repeat(Math.ceil(size / unit.length));
  const headers: [string, string][] = [
    ['Content-Type', type],
    ['Cookie', text.slice(0, size / 4)],
    ['Referer', `https://a.test/?${text.slice(0, size / 4)}`],
  ];
  const full = makeSession({
    method: 'POST',
    url: 'http://a.test/',
    requestHeaders: headers,
    requestBody: `{"${text}`,
    responseHeaders: headers,
    responseBody: `["",${text}`,
  });
  full.session.row.path = `/${text.slice(0, size / 4)}`;
  const times = [1, 2].map(() => {
    const shared = inputOf(full);
    const start = performance.now();
    for (const check of CHECKS) for (const _ of check.run(shared));
    endpointOf(full.session.row);
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe('time grows with the length of the text, not with its square', () => {
  // Sixteen times the text: sixteen times the time when linear, 256 times when quadratic. Below some milliseconds noise counts.
  it.each(ADVERSARIAL)('%j', (unit) => {
    for (const type of TYPES) {
      const small = milliseconds(unit, type, 32 * 1024);
      const large = milliseconds(unit, type, 512 * 1024);
      expect(large / Math.max(small, 3), type).toBeLessThan(90);
    }
  });

  it('10 MB of digits', () => {
    const small = Math.max(milliseconds('4', 'text/html', 640 * 1024), 10);
    expect(milliseconds('4', 'text/html', 10 * 1024 * 1024) / small).toBeLessThan(90);
  });
});
