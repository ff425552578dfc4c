import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Check } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { runChecks } from './run-checks.ts';

const job = (overrides: Parameters<typeof makeSession>[0]) => ({
  ...makeSession(overrides),
  requestTruncated: false,
  responseTruncated: false,
});

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

  it.each([
    ['digits', (n: number) => '4'.repeat(n)],
    ['digits in JSON', (n: number) => `["${'4'.repeat(n)}"]`],
    ['grouped digits', (n: number) => '4111 1111 1111 1112 '.repeat(n / 20)],
    ['quotes', (n: number) => '"'.repeat(n)],
    ['keywords', (n: number) => 'AKIA ghp_ -----BEGIN PRIVATE KEY----- ://'.repeat(n / 40)],
    ['tags', (n: number) => '<script>'.repeat(n / 8)],
  ] as [string, (n: number) => string][])('takes time in proportion to the text: %s', (_, make) => {
    const took = (n: number) => {
      const input = job({ responseHeaders: [['Content-Type', 'text/html']], responseBody: make(n) });
      const started = performance.now();
      runChecks(CHECKS, input);
      return performance.now() - started;
    };
    took(100_000);
    const small = Math.max(took(500_000), 2);
    // Eight times the text in about eight times the time; square would be 64.
    expect(took(4_000_000) / small).toBeLessThan(32);
  });

  it('looks at no tunnel and survives a session without a response', () => {
    expect(runChecks(CHECKS, job({ kind: 'tunnel', status: null, state: 'failed' })).findings).toEqual([]);
    expect(runChecks(CHECKS, job({ status: null, state: 'failed' })).failures).toEqual([]);
  });
});
