/** Every report here is held against the schema that the SARIF SDK ships. */
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import type { CheckReport } from './check-report.ts';
import { sarifReport } from './sarif-report.ts';

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i);
ajv.addFormat('uri-reference', /^(?:[a-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i);
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
// A draft 4 schema without what later drafts changed but for the name of its id.
const {
  id: _,
  $schema: __,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = ajv.compile(schema);

const errorsOf = (log: unknown) => {
  validate(log);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

/** The run of a report's log, which must be valid. */
function runOf(change: Partial<CheckReport> = {}) {
  const log = JSON.parse(sarifReport(report(change)));
  expect(errorsOf(log)).toEqual([]);
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';
const inUrl = (id: number) => ({ url: `https://a.test/orders/${id}?access_token=${KEY}` });
const CARD = '4539 5787 6362 1486';

describe('the SARIF log', () => {
  it('is what the schema wants, which would say otherwise', () => {
    runOf();
    expect(errorsOf({ version: '2.1.0', runs: [{ results: [] }] })).toEqual([
      expect.stringContaining("must have required property 'tool'"),
    ]);
    expect(
      errorsOf({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x', nonsense: 1 } } }] }),
    ).not.toEqual([]);
    const badUri = { physicalLocation: { artifactLocation: { uri: 'https://a.test/{id}' } } };
    const results = [{ message: { text: 'x' }, locations: [badUri] }];
    expect(errorsOf({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results }] })).not.toEqual(
      [],
    );
  });

  it('names the tool and explains each check as a rule', () => {
    const { driver } = runOf().tool;
    expect(driver).toMatchObject({ name: 'Sluice', version: '1.2.3' });
    const rule = driver.rules.find(({ id }: { id: string }) => id === 'credentials-in-clear');
    expect(rule).toMatchObject({
      name: 'CredentialsInClear',
      shortDescription: { text: 'Credentials over plain HTTP' },
      help: { markdown: expect.stringContaining('**What to do:**') },
      helpUri: 'https://cwe.mitre.org/data/definitions/319.html',
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: [
          'security',
          'external/cwe/cwe-319',
          'external/cwe/cwe-523',
          'owasp/api2:2023',
          'owasp/api8:2023',
          'owasp/a02:2021',
        ],
        'security-severity': '8.0',
        precision: 'high',
      },
    });
    // GitHub shows rules by these, and takes no more tags.
    for (const { properties, fullDescription } of driver.rules) {
      expect(properties.tags.length).toBeLessThanOrEqual(20);
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
    }
  });

  it('has one result for a fault, wherever and however often it was seen', () => {
    const run = runOf({ findings: findingsIn(inUrl(17), inUrl(18)) });
    expect(run.results).toHaveLength(1);
    const [result] = run.results;
    expect(result).toMatchObject({
      ruleId: 'credentials-in-url',
      level: 'warning',
      message: { text: expect.stringMatching(/^The query parameter .* \(GET https:.*, access_token\)$/) },
      occurrenceCount: 2,
      webRequest: { protocol: 'HTTP', method: 'GET', target: 'https://a.test/orders/%7Bid%7D' },
      properties: {
        severity: 'medium',
        confidence: 'high',
        sessions: [1, 2],
        evidence: [{ session: 1, part: 'request-head', start: 28, end: 48 }],
      },
    });
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.locations).toMatchObject([
      {
        physicalLocation: { artifactLocation: { uri: 'https://a.test/orders/%7Bid%7D' } },
        logicalLocations: [{ name: 'access_token', kind: 'parameter' }],
      },
    ]);
  });

  it('has the same fingerprint for the same fault in another run', () => {
    const prints = (...ids: number[]) =>
      runOf({ findings: findingsIn(...ids.map(inUrl)) }).results.map(
        (result: { partialFingerprints: object }) => result.partialFingerprints,
      );
    expect(prints(17, 18)).toEqual(prints(99));
    expect(Object.keys(prints(1)[0])).toEqual(['sluiceFinding/v1']);
  });

  it('puts evidence in a message by its number', () => {
    const findings = findingsIn({
      kind: 'websocket',
      status: 101,
      messages: [
        { direction: 'received', at: 1, opcode: 1, data: new Uint8Array(Buffer.from(`{"card":"${CARD}"}`)) },
      ],
    });
    expect(runOf({ findings }).results[0].properties.evidence).toEqual([
      { session: 1, part: 'message', message: 0, start: 9, end: 28 },
    ]);
  });

  it.each([
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'note'],
    ['info', 'note'],
  ] as const)('shows %s as %s', (severity, level) => {
    const findings = findingsIn(inUrl(1)).map((finding) => ({ ...finding, severity }));
    expect(runOf({ findings }).results[0].level).toBe(level);
  });

  it('holds no secret', () => {
    const findings = findingsIn(
      inUrl(1),
      { url: 'http://a.test/', requestHeaders: [['Authorization', `Bearer ${KEY}`]] },
      {
        method: 'POST',
        requestBody: '{"user":"mia","password":"qwerty123"}',
        requestHeaders: [['Content-Type', 'application/json']],
      },
      { responseBody: `{"card":"${CARD}"}` },
    );
    expect(findings).toHaveLength(4);
    const text = sarifReport(report({ findings }));
    for (const secret of [KEY, 'qwerty123', CARD]) expect(text).not.toContain(secret);
  });

  it('is valid whatever a hostile peer named things', () => {
    const url = 'https://a.test/a b/%zz/"<x>/\u00e9/\\?access_token=';
    const run = runOf({
      findings: findingsIn(
        { ...inUrl(1) },
        { responseBody: `{"${'k'.repeat(5000)}\\u0000\\ud800":"${CARD}"}` },
      ).map((finding) => ({ ...finding, endpoint: `GET ${url}` })),
    });
    expect(run.results[0].webRequest.target).toBe(
      'https://a.test/a%20b/%25zz/%22%3Cx%3E/%E9/%5C?access_token=',
    );
  });

  it('says what was not looked at, and that a run with failed checks was not a success', () => {
    const [clean] = runOf().invocations;
    expect(clean).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] });
    const [invocation] = runOf({
      partial: 1,
      failed: [
        { checkId: 'weak-password', count: 2, message: 'boom' },
        { checkId: 'all', count: 1, message: 'the worker ended' },
      ],
    }).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', associatedRule: { id: 'weak-password' } },
        { level: 'error', message: { text: expect.stringContaining('The security checks failed') } },
        { level: 'note', message: { text: expect.stringContaining('was not checked') } },
      ],
    });
    expect(invocation.toolExecutionNotifications[1]).not.toHaveProperty('associatedRule');
  });

  it('holds no more results than are taken, the worst, and says so', () => {
    const [first] = findingsIn(inUrl(1));
    if (!first) throw new Error('no finding');
    const findings = Array.from({ length: 25_010 }, (_, i) => ({
      ...first,
      parameter: `p${i}`,
      severity: i >= 25_000 ? ('high' as const) : ('low' as const),
    }));
    const log = JSON.parse(sarifReport(report({ findings })));
    const [run] = log.runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.results[9].level).toBe('error');
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: expect.stringContaining('10 more results') } },
    ]);
  });

  it('shows the request and the answer that a finding was seen in, as the report was given them', () => {
    const findings = findingsIn(inUrl(17));
    const [finding] = findings;
    const exchange = {
      request: {
        method: 'GET',
        target: '/orders/17?access_token=[token-1]',
        httpVersion: 'HTTP/1.1',
        headers: [
          ['Host', 'a.test'],
          ['X-Twice', 'a'],
          ['X-Twice', 'b'.repeat(1000)],
        ] as [string, string][],
      },
      response: {
        httpVersion: 'HTTP/2',
        status: 200,
        reason: '',
        headers: [['Server', 'x']] as [string, string][],
      },
    };
    const exchanges = new Map([[finding?.sessionId ?? 0, exchange]]);
    const [result] = runOf({ findings, exchanges }).results;
    expect(result.webRequest).toEqual({
      protocol: 'HTTP',
      version: '1.1',
      method: 'GET',
      target: '/orders/17?access_token=[token-1]',
      headers: { Host: 'a.test', 'X-Twice': `a, ${'b'.repeat(400)}…` },
    });
    expect(result.webResponse).toEqual({
      protocol: 'HTTP',
      version: '2',
      statusCode: 200,
      reasonPhrase: '',
      headers: { Server: 'x' },
    });
    expect(result.provenance.firstDetectionTimeUtc).toBe(new Date(finding?.at ?? 0).toISOString());
    const { request } = exchange;
    const [unanswered] = runOf({ findings, exchanges: new Map([[1, { request }]]) }).results;
    expect(unanswered.webResponse).toEqual({ noResponseReceived: true });
  });
});
