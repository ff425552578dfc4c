import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CheckJob } from './check-runner.ts';
import { MAX_CHECKED_BYTES, openCheckRunner } from './open-check-runner.ts';

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

  /** A worker that answers with what `body` does with `job`. */
  async function workerOf(body: string): Promise<URL> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-checks-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const script = join(folder, 'worker.mjs');
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
      const answer = (number, failures) => parentPort.postMessage({ number, result: { findings: [], failures } });
      parentPort.on('message', ({ number, job }) => { ${body} });`,
    );
    return pathToFileURL(script);
  }

  it.each([
    ['throws', "throw new Error('boom')", 'boom'],
    ['ends itself', 'process.exit(0)', 'the worker ended'],
  ])('rejects what a worker had that %s, and starts another for the next job', async (_, death, reason) => {
    const script = await workerOf(`if (job.session.row.id === 13) { ${death}; } answer(number, []);`);
    await using runner = await openCheckRunner(script);
    const doomed = [runner.check(job(13, '{}')), runner.check(job(15, '{}'))];
    for (const { status, reason: error } of (await Promise.allSettled(doomed)) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected');
      expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining(reason) });
    }
    expect(runner.pending).toBe(0);
    expect(await runner.check(job(14, '{}'))).toEqual([]);
  });

  it('tells which check failed on which session', async () => {
    const script = await workerOf("answer(number, [{ checkId: 'x', message: 'boom' }]);");
    const told: unknown[] = [];
    await using runner = await openCheckRunner(script, (failure, { row }) => told.push([failure, row.id]));
    expect(await runner.check(job(3, '{}'))).toEqual([]);
    expect(told).toEqual([[{ checkId: 'x', message: 'boom' }, 3]]);
  });

  it('leaves the bodies to the caller, and looks at the beginning of long ones', async () => {
    const script = await workerOf(
      'answer(number, [{ checkId: String(job.responseBody.length), message: String(job.responseTruncated) }]);',
    );
    const told: unknown[] = [];
    await using runner = await openCheckRunner(script, ({ checkId, message }) =>
      told.push([checkId, message]),
    );
    const long = job(1, 'x'.repeat(MAX_CHECKED_BYTES + 1));
    await runner.check(long);
    await runner.check(job(2, 'short'));
    expect(told).toEqual([
      [String(MAX_CHECKED_BYTES), 'true'],
      ['5', 'false'],
    ]);
    expect(long.responseBody.length).toBe(MAX_CHECKED_BYTES + 1);
  });

  it('refuses jobs once closed, and those it had', async () => {
    const runner = await openCheckRunner();
    const had = runner.check(job(1, '{}'));
    const rejected = expect(had).rejects.toMatchObject({ code: 'cancelled' });
    await runner.close();
    await rejected;
    await expect(runner.check(job(1, '{}'))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
