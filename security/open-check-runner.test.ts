import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CheckJob } from './check-runner.ts';
import { openCheckRunner } from './open-check-runner.ts';

function job(id: number, responseBody: string): CheckJob {
  const full = makeSession({ id, responseBody });
  return { ...full, requestTruncated: false, responseTruncated: false };
}

const CARD = '{"card":"4111 1111 1111 1111"}';

describe('the check runner', () => {
  it('answers each job with its own findings, many at once', async () => {
    await using runner = await openCheckRunner();
    const jobs = Array.from({ length: 40 }, (_, i) => runner.check(job(i + 1, i % 2 === 0 ? CARD : '{}')));
    expect(runner.pending).toBe(40);
    const answers = await Promise.all(jobs);
    expect(answers.map((findings) => findings.map(({ sessionId }) => sessionId))).toEqual(
      Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? [i + 1] : [])),
    );
    expect(answers[0]?.[0]).toMatchObject({
      checkId: 'personal-data',
      endpoint: 'GET https://api.acme.test/orders/{id}',
      parameter: 'card',
      severity: 'high',
    });
    expect(runner.pending).toBe(0);
  });

  it('tells what its checks are, with help', async () => {
    await using runner = await openCheckRunner();
    expect(runner.checks.map(({ id }) => id)).toEqual([
      'credentials-in-clear',
      'credentials-in-url',
      'weak-password',
      'personal-data',
      'secret-in-response',
    ]);
    for (const { what, why, fix, references } of runner.checks) {
      for (const text of [what, why, fix]) expect(text.length).toBeGreaterThan(30);
      expect(references.length).toBeGreaterThan(0);
    }
  });

  it('rejects what a dying worker had, and starts another for the next job', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-checks-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const script = join(folder, 'worker.mjs');
    const answer = 'parentPort.postMessage({ number, result: { findings: [], failures: [] } })';
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ number, job }) => { if (job.session.row.id === 13) throw new Error('boom'); ${answer}; });`,
    );
    await using runner = await openCheckRunner(pathToFileURL(script));
    await expect(runner.check(job(13, '{}'))).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('boom'),
    });
    expect(await runner.check(job(14, '{}'))).toEqual([]);
  });

  it('refuses jobs once closed', async () => {
    const runner = await openCheckRunner();
    await runner.close();
    await expect(runner.check(job(1, '{}'))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
