import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import type { CheckJob } from '#security/check-runner.ts';
import { openCheckRunner } from '#security/open-check-runner.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { checkCapture } from './check-capture.ts';
import { VERSION } from './version.ts';

const CARD = '{"card":"4111 1111 1111 1111"}';
const ids = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

async function capture(count: number, bodyOf: (id: number) => string) {
  const folder = temporaryFolder();
  const store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  await record(
    store,
    ...ids(count).map((id) => makeSession({ id, responseHeaders: WELL_MADE, responseBody: bodyOf(id) })),
  );
  return {
    store,
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('checking a capture', () => {
  it('reports what the real checks find, in the order of the sessions, and leaves the capture alone', async () => {
    await using at = await capture(20, (id) => (id % 3 === 0 ? CARD : '{}'));
    await using runner = await openCheckRunner();
    const report = await checkCapture(at.store, runner, ids(20));
    expect(report).toMatchObject({ version: VERSION, sessions: 20, partial: 0, failed: [] });
    expect(report.findings.map(({ sessionId }) => sessionId)).toEqual([3, 6, 9, 12, 15, 18]);
    expect(report.checks).toBe(runner.checks);
    expect((await at.store.totals()).findings).toBe(0);
  });

  it('keeps that order whoever finishes first, with no more than a few at a time', async () => {
    await using at = await capture(12, () => '{}');
    await using real = await openCheckRunner();
    const [finding] = (
      await real.check(jobFor(makeSession({ responseHeaders: WELL_MADE, responseBody: CARD })))
    ).findings;
    if (!finding) throw new Error('no finding');
    let running = 0;
    let most = 0;
    const runner = {
      checks: [],
      check: async ({ session }: CheckJob) => {
        running += 1;
        most = Math.max(most, running);
        // The later the sooner.
        for (let turn = session.row.id; turn < 12; turn += 1) await Promise.resolve();
        running -= 1;
        return { findings: [{ ...finding, sessionId: session.row.id }], failures: [], cut: [] };
      },
    };
    const { findings } = await checkCapture(at.store, runner, ids(12));
    expect(findings.map(({ sessionId }) => sessionId)).toEqual(ids(12));
    expect(most).toBeLessThanOrEqual(16);
  });

  it('tells of checks that failed, of sessions not wholly looked at, and goes on', async () => {
    await using at = await capture(3, () => '{}');
    const runner = {
      checks: [],
      check: async ({ session }: CheckJob) => {
        if (session.row.id === 2) throw new Error('the worker ended');
        const failures = session.row.id === 1 ? [{ checkId: 'weak-password', message: 'boom' }] : [];
        return { findings: [], failures, cut: session.row.id === 3 ? (['message'] as const) : [] };
      },
    };
    expect(await checkCapture(at.store, runner, ids(3))).toMatchObject({
      sessions: 3,
      partial: 1,
      failed: [
        { checkId: 'weak-password', count: 1, message: 'boom' },
        { checkId: 'all', count: 1, message: 'the worker ended' },
      ],
      findings: [],
    });
  });

  it('reports nothing of nothing', async () => {
    await using at = await capture(0, () => '');
    await using runner = await openCheckRunner();
    expect(await checkCapture(at.store, runner, [])).toMatchObject({ sessions: 0, findings: [], failed: [] });
  });
});

function jobFor(full: ReturnType<typeof makeSession>): CheckJob {
  return { ...full, requestTruncated: false, responseTruncated: false, messagesTruncated: false };
}
