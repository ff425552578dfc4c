/**
 * What `sluice check` is given: captures, and HAR files, which become captures in a folder that is gone afterwards. Each is checked by itself,
 * and all are one report, whose sessions are numbered on from one to the next.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import type { SessionRow } from '#model/session.ts';
import { openCheckRunner, type RunnerOptions } from '#security/open-check-runner.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { checkCapture } from './check-capture.ts';
import { allIds, importHar } from './har-transfer.ts';

/** Whether a file begins as JSON does: a HAR. Captures are folders. @throws SluiceError `file-unreadable` */
async function isHar(path: string): Promise<boolean> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path);
  } catch (cause) {
    throw new SluiceError('file-unreadable', `${path} cannot be read: check the path.`, { cause });
  }
  try {
    if ((await file.stat()).isDirectory()) return false;
    const { buffer, bytesRead } = await file.read(new Uint8Array(64), 0, 64, 0);
    return /^\ufeff?\s*\{/.test(Buffer.from(buffer.subarray(0, bytesRead)).toString('utf8'));
  } finally {
    await file.close();
  }
}

async function* rowsOf(store: CaptureStore): AsyncGenerator<SessionRow> {
  for (const id of await allIds(store, { type: 'all' })) {
    const session = await store.get(id);
    if (session) yield session.row;
  }
}

export interface CheckedInput {
  readonly report: CheckReport;
  readonly rows: readonly SessionRow[];
}

async function checkStore(
  store: CaptureStore,
  options: RunnerOptions,
  wantsRows: boolean,
): Promise<CheckedInput> {
  await using runner = await openCheckRunner(options);
  const report = await checkCapture(store, runner, await allIds(store, { type: 'all' }));
  return { report, rows: wantsRows ? await Array.fromAsync(rowsOf(store)) : [] };
}

async function checkHar(path: string, options: RunnerOptions, wantsRows: boolean): Promise<CheckedInput> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-check-'));
  try {
    await using store = await openCapture(join(folder, `${basename(path)}.sluice`), 'create');
    let last = 0;
    await importHar(store, createReadStream(path), () => {
      last += 1;
      return last;
    });
    await store.flush();
    return await checkStore(store, options, wantsRows);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Reports as one; a second input's sessions are numbered on from the first's. */
export function joined(inputs: readonly CheckedInput[]): CheckedInput {
  const [first, ...more] = inputs;
  if (first === undefined)
    throw new SluiceError('usage', 'There is nothing to check: name a capture or a HAR file.');
  return more.reduce((all, { report, rows }) => {
    const from = all.report.sessions;
    return {
      report: {
        ...all.report,
        sessions: from + report.sessions,
        partial: all.report.partial + report.partial,
        failed: [...all.report.failed, ...report.failed],
        findings: [
          ...all.report.findings,
          ...report.findings.map((one) => ({ ...one, sessionId: from + one.sessionId })),
        ],
      },
      rows: [...all.rows, ...rows.map((row) => ({ ...row, id: from + row.id }))],
    };
  }, first);
}

/** Checks each of these captures and HAR files. @throws SluiceError as openCapture and importHar do */
export async function checkInputs(
  paths: readonly string[],
  options: RunnerOptions,
  wantsRows: boolean,
): Promise<CheckedInput> {
  const inputs: CheckedInput[] = [];
  for (const path of paths) {
    if (await isHar(path)) inputs.push(await checkHar(path, options, wantsRows));
    else {
      await using store = await openCapture(path, 'read');
      inputs.push(await checkStore(store, options, wantsRows));
    }
  }
  return joined(inputs);
}
