import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { begun, type Check } from './check.ts';
import { MAX_CHECKED_MESSAGES } from './check-runner.ts';
import { CHECKS as ALL } from './checks/index.ts';
import { checkInput, runChecks } from './run-checks.ts';
import { eventStream, jobOf, websocket } from './testing/run-check.ts';

/** Those that tell of what the sessions below hold; what others say of them is not of interest here. */
const WANTED = [
  'credentials-in-clear',
  'credentials-in-url',
  'weak-password',
  'personal-data',
  'secret-in-response',
];
const CHECKS = begun(ALL).filter(({ info }) => WANTED.includes(info.id));
const job = (overrides: Parameters<typeof makeSession>[0]) => jobOf(makeSession(overrides));

describe('runChecks', () => {
  it('goes on when a check throws, and says which did', () => {
    const [first] = CHECKS;
    if (!first) throw new Error('no checks');
    const broken: Check = {
      ...first,
      info: { ...first.info, id: 'broken' },
      run: () => {
        throw new Error('boom');
      },
    };
    const result = runChecks([broken, ...CHECKS], job({ responseBody: '{"card":"4111 1111 1111 1111"}' }));
    expect(result.failures).toEqual([{ checkId: 'broken', message: 'boom' }]);
    expect(result.findings.map(({ checkId }) => checkId)).toEqual(['personal-data']);
  });

  it('counts evidence in bytes, also after text of more than one byte a character', () => {
    const body = '{"name":"Zoë 🙂","card":"4111 1111 1111 1111"}';
    const [finding] = runChecks(CHECKS, job({ responseBody: body })).findings;
    const [evidence] = finding?.evidence ?? [];
    expect(Buffer.from(body).subarray(evidence?.start, evidence?.end).toString()).toBe('4111 1111 1111 1111');
  });

  it('makes one finding of what is said of one parameter, with all the evidence and the gravest severity', () => {
    const [first] = CHECKS;
    if (!first) throw new Error('no checks');
    const at = (start: number) => [{ part: 'request-head' as const, start, end: start + 1 }];
    const check: Check = {
      ...first,
      run: () => [
        { parameter: 'a', detail: 'first', evidence: at(0), severity: 'low' },
        { parameter: 'b', detail: 'other', evidence: [] },
        { parameter: 'a', detail: 'second', evidence: at(5), severity: 'high' },
        ...Array.from({ length: 100 }, () => ({ parameter: 'a', detail: 'more', evidence: at(9) })),
      ],
    };
    const { findings } = runChecks([check], job({}));
    expect(findings.map(({ parameter, detail, severity }) => [parameter, detail, severity])).toEqual([
      ['a', 'first', 'high'],
      ['b', 'other', first.info.severity],
    ]);
    expect(findings[0]?.evidence.length).toBe(20);
    expect(findings[0]?.evidence.slice(0, 2)).toEqual([...at(0), ...at(5)]);
  });

  it('reads text of any textual type, and no other', () => {
    const text = (type: string) =>
      checkInput(job({ responseHeaders: [['Content-Type', type]], responseBody: 'x' })).response.text;
    for (const type of [
      'text/html',
      'application/json',
      'application/ld+json',
      'application/javascript',
      'image/svg+xml',
    ]) {
      expect(text(type), type).toBe(type === 'image/svg+xml' ? undefined : 'x');
    }
    for (const type of ['image/png', 'application/octet-stream', 'font/woff2'])
      expect(text(type), type).toBeUndefined();
    expect(checkInput(job({ responseHeaders: [], responseBody: 'x' })).response.text).toBe('x');
    expect(checkInput(job({ responseHeaders: [], responseBody: 'x\0' })).response.text).toBeUndefined();
  });

  it('tells which check it is at', () => {
    const seen: string[] = [];
    runChecks(CHECKS, job({}), { onCheck: ({ info }) => seen.push(info.id) });
    expect(seen).toEqual(CHECKS.map(({ info }) => info.id));
  });

  it('says of what only the beginning was looked at, where that matters', () => {
    const text = job({ responseBody: '{"a":1}', requestBody: 'x' });
    const cut = (change: object) => runChecks(CHECKS, { ...text, ...change }).cut;
    expect(cut({})).toEqual([]);
    expect(cut({ requestTruncated: true, responseTruncated: true })).toEqual([
      'request-body',
      'response-body',
    ]);
    expect(cut({ messagesTruncated: true })).toEqual(['message']);
    const image = job({ responseHeaders: [['Content-Type', 'image/png']], responseBody: 'x' });
    expect(runChecks(CHECKS, { ...image, responseTruncated: true }).cut).toEqual([]);
  });

  it('looks at the events of a stream as messages, recorded or not, and never twice', () => {
    const event = '{"card":"4111 1111 1111 1111"}';
    const recorded = job(eventStream(`data: ${event}\n\n`, [event]));
    expect(checkInput(recorded)).toMatchObject({ response: { text: undefined }, messages: [{ index: 0 }] });
    expect(runChecks(CHECKS, recorded).findings).toHaveLength(1);
    const body = job(eventStream(`data: ${event}\n\n`));
    expect(checkInput(body).messages).toMatchObject([{ index: undefined, offset: 6 }]);
    expect(runChecks(CHECKS, body).findings).toHaveLength(1);
    // Whether a recorded stream's body was cut does not matter; of an unrecorded one it does.
    expect(runChecks(CHECKS, { ...recorded, responseTruncated: true }).cut).toEqual([]);
    expect(runChecks(CHECKS, { ...body, responseTruncated: true }).cut).toEqual(['message']);
    const long = job(eventStream('data: x\n\n'.repeat(MAX_CHECKED_MESSAGES + 1)));
    expect(runChecks(CHECKS, long).cut).toEqual(['message']);
  });

  it('joins what messages say of one parameter, with evidence in each', () => {
    const card = (n: number) => `{"n":${n},"card":"4111 1111 1111 1111"}`;
    const { findings } = runChecks(
      CHECKS,
      job(websocket(Array.from({ length: 30 }, (_, i) => ['received', card(i)] as const))),
    );
    expect(findings).toMatchObject([{ checkId: 'personal-data', parameter: 'card' }]);
    expect(findings[0]?.evidence.map(({ part, message }) => [part, message])).toEqual(
      Array.from({ length: 20 }, (_, i) => ['message', i]),
    );
  });

  it('looks at no tunnel and survives a session without a response', () => {
    expect(runChecks(CHECKS, job({ kind: 'tunnel', status: null, state: 'failed' })).findings).toEqual([]);
    expect(runChecks(CHECKS, job({ status: null, state: 'failed' })).failures).toEqual([]);
  });
});
