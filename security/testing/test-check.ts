/**
 * What every check owes, as tests that its twin test gets by one call: help, examples of both kinds, evidence that points at it, no secret
 * in what it says, nothing of media, thresholds that narrow. The time that checks take is in checks/common.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { CheckInfo, type Finding } from '#model/finding.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { begun, type Check, type CheckContext, type SeriesCheck } from '../check.ts';
import { CHECKS } from '../checks/index.ts';
import { runChecks } from '../run-checks.ts';
import { THRESHOLDS, type Threshold } from '../threshold.ts';
import { inputOf, jobOf, shownBy } from './run-check.ts';

/** One session or, for checks across sessions, several; as text (session-text.ts) or as what the factory takes. */
export type Case = string | SessionOverrides | readonly (string | SessionOverrides)[];

export interface Cases {
  readonly finds: readonly Case[];
  /** At least as many: a check is believed for what it leaves alone. */
  readonly passes: readonly Case[];
  /** What only the low threshold tells. */
  readonly lowOnly?: readonly Case[];
  /** What it points at may be told in words too: versions, names of headers. */
  readonly tellsValue?: boolean;
  /** What it is told about what is whose. */
  readonly context?: CheckContext;
  /** It looks into media. */
  readonly readsMedia?: boolean;
}

export interface Told {
  readonly findings: readonly Finding[];
  /** What each evidence shows, in the order of the findings. */
  readonly shown: readonly string[];
  readonly marked: readonly string[];
}

const isSeries = (one: Case): one is readonly (string | SessionOverrides)[] => Array.isArray(one);

/** What a check says of a case. */
export function told(
  check: Check | SeriesCheck,
  one: Case,
  threshold: Threshold = 'medium',
  context: CheckContext = {},
): Told {
  const [ready] = begun([check], context);
  if (ready === undefined) throw new Error('no check');
  const findings: Finding[] = [];
  const shown: string[] = [];
  const marked: string[] = [];
  for (const [i, item] of (isSeries(one) ? one : [one]).entries()) {
    const read = typeof item === 'string' ? sessionText(item) : { session: item, marked: [] };
    const full = makeSession({ id: i + 1, startedAt: 1_750_000_000_000 + i * 1000, ...read.session });
    marked.push(...read.marked);
    const result = runChecks([ready], jobOf(full), { threshold });
    expect(result.failures).toEqual([]);
    for (const finding of result.findings) {
      findings.push(finding);
      for (const evidence of finding.evidence) {
        expect(evidence.start).toBeLessThan(evidence.end);
        shown.push(shownBy(evidence, full));
      }
    }
  }
  return { findings, shown, marked };
}

const title = (one: Case) => JSON.stringify(one).slice(0, 160);

export function testCheck(check: Check | SeriesCheck, cases: Cases): void {
  const { info } = check;
  describe(info.id, () => {
    it('is in the list of checks and explains itself', () => {
      expect(CHECKS).toContain(check);
      expect(CheckInfo.parse(info)).toEqual(info);
      for (const text of [info.what, info.why, info.fix]) expect(text).toMatch(/^[A-Z"][\s\S]{40,}\.$/);
      expect(info.cwe.length).toBeGreaterThan(0);
      expect(info.owasp.some((name) => /^API(?:10|[1-9]):2023 /.test(name))).toBe(true);
      expect(info.owasp.some((name) => /^A(?:10|0[1-9]):2021 /.test(name))).toBe(true);
      expect(info.references.length).toBeGreaterThan(0);
      for (const reference of info.references) expect(URL.canParse(reference)).toBe(true);
    });

    it('has more examples that must stay silent than not', () => {
      expect(cases.finds.length).toBeGreaterThan(0);
      expect(cases.passes.length).toBeGreaterThanOrEqual(cases.finds.length);
    });

    it.each(cases.finds.map((one) => [title(one), one] as const))('finds %s', (_, one) => {
      const { findings, shown, marked } = told(check, one, 'medium', cases.context);
      expect(findings.length).toBeGreaterThan(0);
      if (marked.length > 0) expect([...new Set(shown)].toSorted()).toEqual([...new Set(marked)].toSorted());
      for (const value of cases.tellsValue ? [] : shown) {
        if (value.length > 3) expect(JSON.stringify(findings)).not.toContain(value);
      }
    });

    it.each(cases.passes.map((one) => [title(one), one] as const))('passes %s', (_, one) => {
      expect(told(check, one, 'medium', cases.context).findings).toEqual([]);
    });

    it.each((cases.lowOnly ?? []).map((one) => [title(one), one] as const))(
      'tells only at low: %s',
      (_, one) => {
        expect(told(check, one, 'low').findings.length).toBeGreaterThan(0);
        expect(told(check, one, 'medium', cases.context).findings).toEqual([]);
      },
    );

    it('narrows as the threshold rises', () => {
      for (const one of [...cases.finds, ...cases.passes]) {
        const counts = THRESHOLDS.map(
          (threshold) => told(check, one, threshold, cases.context).findings.length,
        );
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }
    });

    it('says nothing where nobody answered and nothing was sent', () => {
      const full = makeSession({ url: 'https://a.test/', status: null });
      const [ready] = begun([check]);
      expect([...(ready?.run(inputOf(full)) ?? [])]).toEqual([]);
    });

    it.skipIf(cases.readsMedia)('leaves media alone', () => {
      for (const one of cases.finds) {
        if (isSeries(one)) continue;
        const { session } = typeof one === 'string' ? sessionText(one) : { session: one };
        for (const type of ['image/png', 'font/woff2', 'application/octet-stream']) {
          const responseHeaders: [string, string][] = [['Content-Type', type]];
          const parts = told(check, { ...session, responseHeaders }).findings.flatMap(
            ({ evidence }) => evidence,
          );
          expect(parts.filter(({ part }) => part === 'response-body')).toEqual([]);
        }
      }
    });
  });
}
