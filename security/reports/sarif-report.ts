/**
 * The report as SARIF 2.1.0 (OASIS), which code hosts and editors show: one result for each group of findings, with a fingerprint that
 * stays from run to run. Within the limits that GitHub documents for uploads. Of sessions it holds the heads that the report was given, which
 * are without secrets, and no body. Pure.
 */
import type { CheckInfo } from '#model/finding.ts';
import type { Headers } from '#model/headers.ts';
import { safeLine } from '#model/safe-text.ts';
import type { Severity } from '#model/session.ts';
import { ALL_CHECKS, type CheckReport, coverageNotices, type Exchange } from './check-report.ts';
import { fingerprint } from './fingerprint.ts';
import { type FoundGroup, groupFindings } from './group-findings.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** Results of a run, of which GitHub takes no more. */
const MAX_RESULTS = 25_000;
const SESSIONS_NAMED = 20;

const LEVEL = { info: 'note', low: 'note', medium: 'warning', high: 'error' } as const;
/** GitHub's bands: above 7.0 high, 4.0 to 6.9 medium, below low. */
const SCORE: Readonly<Record<Severity, string>> = { info: '0.0', low: '3.0', medium: '5.5', high: '8.0' };

/** "credentials-in-url" → "CredentialsInUrl". */
const ruleName = (id: string) =>
  id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** "API2:2023 Broken Authentication" → "API2:2023". */
const tagsOf = ({ cwe, owasp }: CheckInfo) => [
  'security',
  ...cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, '0')}`),
  ...owasp.map((name) => `owasp/${name.split(' ', 1)[0]?.toLowerCase()}`),
];

const rule = (check: CheckInfo) => ({
  id: check.id,
  name: ruleName(check.id),
  shortDescription: { text: check.title },
  fullDescription: { text: check.what },
  help: {
    text: `${check.what} ${check.why}\n\n${check.fix}`,
    markdown: [
      check.what,
      check.why,
      `**What to do:** ${check.fix}`,
      ...check.references.map((url) => `<${url}>`),
    ].join('\n\n'),
  },
  ...(check.references[0] === undefined ? {} : { helpUri: check.references[0] }),
  defaultConfiguration: { level: LEVEL[check.severity] },
  properties: { tags: tagsOf(check), 'security-severity': SCORE[check.severity], precision: 'high' },
});

const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** One unit of a URL, which is an octet where it came from the wire, percent-encoded. */
const encoded = (char: string) => {
  const unit = char.codePointAt(0) ?? 0;
  return unit < 256 ? percent(unit) : Array.from(new TextEncoder().encode(char), percent).join('');
};

/** Method and URL of an endpoint; the URL with what RFC 3986 does not allow in one, as the braces of "{id}", percent-encoded. */
function splitEndpoint(endpoint: string): { method: string; url: string } {
  const blank = endpoint.indexOf(' ');
  const url = endpoint
    .slice(blank + 1)
    .replace(/[^A-Za-z0-9_\-.~:/?#[\]@!$&'()*+,;=%]|%(?![0-9a-f]{2})/gi, encoded);
  return { method: endpoint.slice(0, blank), url };
}

/** So that a file of many results stays within what GitHub takes (10 MB, compressed). */
const MAX_FIELDS = 60;
const MAX_VALUE = 400;

/** Fields by name; those of one name as one value (RFC 9110 §5.3). */
function fields(headers: Headers): Record<string, string> {
  const byName = new Map<string, string>();
  for (const [name, value] of headers.slice(0, MAX_FIELDS)) {
    const short = safeLine(value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value);
    const before = byName.get(name);
    byName.set(name, before === undefined ? short : `${before}, ${short}`);
  }
  return Object.fromEntries(byName);
}

const versionOf = (httpVersion: string) => ({
  protocol: 'HTTP',
  version: httpVersion.replace(/^HTTP\//, ''),
});

/** The request and the answer as SARIF has them (§3.46, §3.47). What concerns the whole host has no request of its own, but was seen in one. */
function exchangeOf(endpoint: string, exchange: Exchange | undefined) {
  const { method, url } = splitEndpoint(endpoint);
  if (exchange === undefined)
    return method === '*' ? {} : { webRequest: { protocol: 'HTTP', method, target: url } };
  const { request, response } = exchange;
  return {
    webRequest: {
      ...versionOf(request.httpVersion),
      method: request.method,
      target: request.target,
      headers: fields(request.headers),
    },
    webResponse:
      response === undefined
        ? { noResponseReceived: true }
        : {
            ...versionOf(response.httpVersion),
            statusCode: response.status,
            reasonPhrase: response.reason,
            headers: fields(response.headers),
          },
  };
}

function result(
  { finding, sessionIds, firstSeen, lastSeen }: FoundGroup,
  ruleIndex: ReadonlyMap<string, number>,
  exchanges: CheckReport['exchanges'],
) {
  const { checkId, severity, confidence, detail, endpoint, parameter, evidence } = finding;
  const { url } = splitEndpoint(endpoint);
  const index = ruleIndex.get(checkId);
  return {
    ruleId: checkId,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVEL[severity],
    message: { text: `${detail} (${endpoint}, ${parameter})` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: url }, region: { startLine: 1 } },
        logicalLocations: [
          { name: parameter, fullyQualifiedName: `${endpoint} ${parameter}`, kind: 'parameter' },
        ],
      },
    ],
    partialFingerprints: { 'sluiceFinding/v1': fingerprint(finding) },
    occurrenceCount: sessionIds.length,
    ...(firstSeen === undefined || lastSeen === undefined
      ? {}
      : {
          provenance: {
            firstDetectionTimeUtc: new Date(firstSeen).toISOString(),
            lastDetectionTimeUtc: new Date(lastSeen).toISOString(),
          },
        }),
    ...exchangeOf(endpoint, exchanges?.get(finding.sessionId)),
    properties: {
      severity,
      confidence,
      'security-severity': SCORE[severity],
      sessions: sessionIds.slice(0, SESSIONS_NAMED),
      evidence: evidence.map(({ part, message, start, end }) => ({
        session: finding.sessionId,
        part,
        ...(message === undefined ? {} : { message }),
        start,
        end,
      })),
    },
  };
}

function notifications(report: CheckReport, left: number) {
  const failures = new Map(report.failed.map(({ checkId }, i) => [i, checkId]));
  const said = coverageNotices(report).map((text, i) => {
    const checkId = failures.get(i);
    return {
      level: checkId === undefined ? 'note' : 'error',
      message: { text },
      ...(checkId === undefined || checkId === ALL_CHECKS ? {} : { associatedRule: { id: checkId } }),
    };
  });
  if (left === 0) return said;
  return [
    ...said,
    { level: 'warning', message: { text: `${left} more results were left out: these are the worst.` } },
  ];
}

/** The file as one text. */
export function sarifReport(report: CheckReport): string {
  const groups = groupFindings(report.findings);
  const shown = groups.slice(0, MAX_RESULTS);
  const ruleIndex = new Map(report.checks.map(({ id }, i) => [id, i]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sluice',
            version: report.version,
            semanticVersion: report.version,
            rules: report.checks.map(rule),
          },
        },
        automationDetails: { id: 'sluice/check/' },
        invocations: [
          {
            executionSuccessful: report.failed.length === 0,
            toolExecutionNotifications: notifications(report, groups.length - shown.length),
          },
        ],
        results: shown.map((group) => result(group, ruleIndex, report.exchanges)),
        properties: { sessions: report.sessions, partial: report.partial },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
