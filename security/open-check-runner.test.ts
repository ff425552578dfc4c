import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import {
  type CheckJob,
  MAX_CHECKED_BYTES,
  MAX_CHECKED_MESSAGE_BYTES,
  MAX_CHECKED_MESSAGES,
} from './check-runner.ts';
import { CHECKS } from './checks/index.ts';
import { openCheckRunner } from './open-check-runner.ts';
import { jobOf, websocket } from './testing/run-check.ts';

const job = (id: number, responseBody: string): CheckJob =>
  jobOf(makeSession({ id, responseHeaders: WELL_MADE, responseBody }));

const CARD = '{"card":"4111 1111 1111 1111"}';

describe('the check runner', () => {
  it('answers each job with its own findings, many at once', async () => {
    await using runner = await openCheckRunner();
    const jobs = Array.from({ length: 40 }, (_, i) => runner.check(job(i + 1, i % 2 === 0 ? CARD : '{}')));
    expect(runner.pending).toBe(40);
    const answers = await Promise.all(jobs);
    expect(
      answers.map(({ findings }) =>
        findings.flatMap(({ checkId, sessionId }) => (checkId === 'personal-data' ? [sessionId] : [])),
      ),
    ).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? [i + 1] : [])));
    expect(answers[0]?.findings[0]).toMatchObject({
      checkId: 'personal-data',
      endpoint: 'GET https://api.acme.test/orders/{id}',
      parameter: 'card',
      severity: 'high',
    });
    expect(runner.pending).toBe(0);
  });

  it('tells what its checks are, with help', async () => {
    await using runner = await openCheckRunner();
    expect(runner.checks).toEqual(CHECKS.map(({ info }) => info));
    expect(runner.checks.length).toBeGreaterThan(90);
    for (const { what, why, fix, references } of runner.checks) {
      for (const text of [what, why, fix]) expect(text.length).toBeGreaterThan(30);
      expect(references.length).toBeGreaterThan(0);
    }
  });

  /** A worker that answers with what `body` does with `job`; `enter(check)` says what it is at. */
  async function workerOf(body: string): Promise<URL> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-checks-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const script = join(folder, 'worker.mjs');
    writeFileSync(
      script,
      `import { parentPort, workerData } from 'node:worker_threads';
      const cells = new Int32Array(workerData.progress);
      parentPort.on('message', ({ number, job, skip }) => {
        const { id } = job.session.row;
        const answer = (failures = []) => {
          Atomics.store(cells, 0, 0);
          parentPort.postMessage({ number, result: { findings: [], failures, cut: [] } });
        };
        const enter = (check) => { Atomics.store(cells, 1, check); Atomics.store(cells, 0, number); };
        ${body}
      });`,
    );
    return pathToFileURL(script);
  }

  const ENDS = [
    ['throws', "throw new Error('boom')", 'boom'],
    ['ends itself', 'process.exit(0)', 'the worker ended'],
  ] as const;

  it.each(ENDS)(
    'rejects what a worker had that %s for itself, and starts another',
    async (_, end, reason) => {
      const script = await workerOf(`if (id === 13) { ${end}; } answer();`);
      await using runner = await openCheckRunner({ script });
      const doomed = [runner.check(job(13, '{}')), runner.check(job(15, '{}'))];
      for (const { status, reason: error } of (await Promise.allSettled(doomed)) as PromiseRejectedResult[]) {
        expect(status).toBe('rejected');
        expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining(reason) });
      }
      expect(runner.pending).toBe(0);
      expect((await runner.check(job(14, '{}'))).failures).toEqual([]);
    },
  );

  it.each(ENDS)('does everything again without a check in which the worker %s', async (_, end, reason) => {
    const script = await workerOf(
      `enter(2); if (id === 13 && skip.length === 0) { ${end}; } answer([{ checkId: 'skipped', message: skip.join() }]);`,
    );
    await using runner = await openCheckRunner({ script });
    const ids = [12, 13, 14];
    const results = await Promise.all(ids.map((id) => runner.check(job(id, 'x'))));
    const skipped = (message: string) => ({ checkId: 'skipped', message });
    const { id: culprit } = CHECKS[2]?.info ?? { id: '' };
    expect(results.map(({ failures }) => failures)).toEqual([
      [skipped('')],
      [{ checkId: culprit, message: reason }, skipped(culprit)],
      [skipped('')],
    ]);
  });

  it('stops a check that does not end, says so, and goes on with the others', async () => {
    const script = await workerOf('enter(1); if (id === 13 && skip.length === 0) for (;;); answer();');
    await using runner = await openCheckRunner({ script, budgetMs: 200 });
    const results = await Promise.all([13, 14].map((id) => runner.check(job(id, 'x'))));
    expect(results.map(({ failures }) => failures)).toEqual([
      [{ checkId: CHECKS[1]?.info.id, message: 'it was stopped after 0.2 s of processor time' }],
      [],
    ]);
  });

  it('tells which check failed on which session', async () => {
    const script = await workerOf("answer([{ checkId: 'x', message: 'boom on ' + id }]);");
    await using runner = await openCheckRunner({ script });
    expect((await runner.check(job(3, '{}'))).failures).toEqual([{ checkId: 'x', message: 'boom on 3' }]);
  });

  it('leaves bodies and messages to the caller, and looks at the beginning of long ones', async () => {
    const script = await workerOf(
      `const sum = job.messages.reduce((bytes, { data }) => bytes + data.length, 0);
      answer([{
        checkId: [job.responseBody.length, job.messages.length, sum].join(),
        message: [job.responseTruncated, job.messagesTruncated].join(),
      }]);`,
    );
    await using runner = await openCheckRunner({ script });
    const seen = async (one: CheckJob) => {
      const { failures } = await runner.check(one);
      return failures.map(({ checkId, message }) => `${checkId} ${message}`)[0];
    };
    const long = job(1, 'x'.repeat(MAX_CHECKED_BYTES + 1));
    expect(await seen(long)).toBe(`${MAX_CHECKED_BYTES},0,0 true,false`);
    expect(await seen(job(2, 'short'))).toBe('5,0,0 false,false');
    expect(long.responseBody.length).toBe(MAX_CHECKED_BYTES + 1);

    const sent = (count: number, size: number) =>
      jobOf(makeSession(websocket(Array.from({ length: count }, () => ['sent', 'x'.repeat(size)] as const))));
    const big = sent(3, MAX_CHECKED_MESSAGE_BYTES - 10);
    expect(await seen(big)).toBe(`11,2,${MAX_CHECKED_MESSAGE_BYTES} false,true`);
    expect(big.messages[0]?.data.length).toBe(MAX_CHECKED_MESSAGE_BYTES - 10);
    expect(await seen(sent(MAX_CHECKED_MESSAGES + 1, 1))).toBe(
      `11,${MAX_CHECKED_MESSAGES},${MAX_CHECKED_MESSAGES} false,true`,
    );
    expect(await seen(sent(2, 1))).toBe('11,2,2 false,false');
  });

  it.runIf(process.platform === 'linux')('runs behind everything else on the machine', async () => {
    // Column 19 of proc(5)'s stat is the nice value; the name in brackets may hold blanks.
    const niceOf = (task: string) =>
      Number(
        readFileSync(`/proc/self/task/${task}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ')[16],
      );
    const nice = () => readdirSync('/proc/self/task').map(niceOf);
    const before = nice();
    await using runner = await openCheckRunner();
    await runner.check(job(1, '{}'));
    const lowered = nice().filter((value) => value === 19).length;
    expect(lowered).toBe(before.filter((value) => value === 19).length + 1);
    expect(getPriority()).toBe(before[0]);
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
