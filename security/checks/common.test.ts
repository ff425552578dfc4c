/** What every check owes: help, an example of each kind, evidence that points at it, no secret in what it says, linear time. */
import { describe, expect, it } from 'vitest';
import { CheckInfo } from '#model/finding.ts';
import { endpointOf } from '#model/path-template.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { Check } from '../check.ts';
import { runChecks } from '../run-checks.ts';
import type { Examples } from '../testing/examples/example.ts';
import { found, inputOf, jobOf } from '../testing/run-check.ts';
import { CHECKS } from './index.ts';

/** Every check has examples of its own, in a file of its name. */
async function examplesOf({ info }: Check): Promise<Examples> {
  const file: { examples: Examples } = await import(`../testing/examples/${info.id}.ts`);
  return file.examples;
}

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

  it('flags its examples, with evidence that points at it', async () => {
    const { bad } = await examplesOf(check);
    expect(bad.length).toBeGreaterThanOrEqual(3);
    for (const { session, shown } of bad)
      expect(found(check, session).map((one) => one.shown)).toEqual([shown]);
  });

  it('passes over look-alikes, of which it has no fewer examples', async () => {
    const { bad, good } = await examplesOf(check);
    expect(good.length).toBeGreaterThanOrEqual(bad.length);
    for (const session of good) expect(found(check, session), JSON.stringify(session)).toEqual([]);
  });

  it('says no secret', async () => {
    for (const { session, shown } of (await examplesOf(check)).bad) {
      const { findings } = runChecks([check], jobOf(makeSession(session)));
      expect(findings).toHaveLength(1);
      expect(JSON.stringify(findings)).not.toContain(shown);
    }
  });

  it('says nothing of an empty session, or of one without a response', () => {
    expect(found(check, { responseBody: '' })).toEqual([]);
    expect(found(check, { status: null })).toEqual([]);
  });

  it('leaves media alone', async () => {
    const { bad } = await examplesOf(check);
    for (const type of ['image/png', 'font/woff2', 'video/mp4', 'application/octet-stream']) {
      for (const { shown } of bad) {
        const headers: [string, string][] = [['Content-Type', type]];
        const session: SessionOverrides = {
          url: 'https://a.test/x',
          method: 'POST',
          requestHeaders: headers,
          requestBody: `password=${shown}`,
          responseHeaders: headers,
          responseBody: `card ${shown}`,
        };
        expect(found(check, session)).toEqual([]);
      }
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

/** Milliseconds that all checks take for a text in every place that takes one. */
function milliseconds(text: string, type: string): number {
  const short = text.slice(0, text.length / 4);
  const headers: [string, string][] = [
    ['Content-Type', type],
    ['Cookie', short],
    ['Referer', `https://a.test/?${short}`],
  ];
  const data = new Uint8Array(Buffer.from(`{"a":"${short}`));
  const full = makeSession({
    method: 'POST',
    url: 'http://a.test/',
    requestHeaders: headers,
    requestBody: `{"${text}`,
    responseHeaders: headers,
    responseBody: `["",${text}`,
    messages: [{ direction: 'received', at: 0, opcode: 1, data }],
  });
  full.session.row.path = `/${short}`;
  const shared = inputOf(full);
  const start = performance.now();
  for (const check of CHECKS) for (const _ of check.run(shared));
  endpointOf(full.session.row);
  return performance.now() - start;
}

const repeated = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length));
const KB = 1024;

/**
 * How much longer sixteen times the text takes: sixteen times when linear, 256 times when quadratic. Below some milliseconds noise counts;
 * and when something else had the processor, the shorter of more runs is the truth.
 */
function growth(make: (size: number) => string, type: string, large: number): number {
  const texts = [make(large / 16), make(large)] as const;
  let [small, big] = [milliseconds(texts[0], type), milliseconds(texts[1], type)];
  for (let again = 0; again < 3 && big / Math.max(small, 3) >= LIMIT; again += 1) {
    [small, big] = [
      Math.min(small, milliseconds(texts[0], type)),
      Math.min(big, milliseconds(texts[1], type)),
    ];
  }
  return big / Math.max(small, 3);
}
const LIMIT = 90;

describe('time grows with the length of the text, not with its square', () => {
  it.each(ADVERSARIAL)('%j', (unit) => {
    for (const type of TYPES) {
      expect(
        growth((size) => repeated(unit, size), type, 512 * KB),
        type,
      ).toBeLessThan(LIMIT);
    }
  });

  it.each(TYPES)('10 MB of all of these, as %s', (type) => {
    const mixed = (size: number) =>
      ADVERSARIAL.map((unit) => repeated(unit, size / ADVERSARIAL.length)).join('\n');
    expect(growth(mixed, type, 10 * KB * KB)).toBeLessThan(LIMIT);
  });
});
