/**
 * What `sluice check` is given: captures, and files of sessions (HAR, SAZ, …). Each is checked by itself, and all are one report, whose
 * sessions are numbered on from one to the next.
 */
import { SluiceError } from '#model/errors.ts';
import type { SessionRow } from '#model/session.ts';
import { openCheckRunner, type RunnerOptions } from '#security/open-check-runner.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { checkCapture } from './check-capture.ts';
import { findingExchanges } from './finding-exchanges.ts';
import { allIds } from './har-transfer.ts';
import { openSource } from './open-sources.ts';
import { redactedFindings } from './redaction/redacted-findings.ts';

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

/** What is wanted besides the findings. */
export interface Wanted {
  /** Every session's row. */
  readonly rows?: boolean;
  /** Heads of sessions that findings were seen in. */
  readonly exchanges?: boolean;
  /** Secrets as they were captured; else they are masked in all that is told. */
  readonly unredacted?: boolean;
  /** Told of each capture when it is open. */
  readonly onOpen?: (store: CaptureStore) => void;
}

async function checkStore(
  store: CaptureStore,
  options: RunnerOptions,
  wanted: Wanted,
): Promise<CheckedInput> {
  await using runner = await openCheckRunner(options);
  const report = await checkCapture(store, runner, await allIds(store, { type: 'all' }));
  const { findings } = report;
  return {
    report: {
      ...report,
      ...(wanted.exchanges
        ? { exchanges: await findingExchanges(store, findings, wanted.unredacted ? 'off' : {}) }
        : {}),
      findings: wanted.unredacted ? findings : await redactedFindings(store, findings),
    },
    rows: wanted.rows ? await Array.fromAsync(rowsOf(store)) : [],
  };
}

/** Reports as one; a second input's sessions are numbered on from the first's. */
export function joined(inputs: readonly CheckedInput[]): CheckedInput {
  const [first, ...more] = inputs;
  if (first === undefined)
    throw new SluiceError('usage', 'There is nothing to check: name a capture or a file.');
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
        ...(report.exchanges === undefined
          ? {}
          : {
              exchanges: new Map([
                ...(all.report.exchanges ?? []),
                ...[...report.exchanges].map(([id, one]) => [from + id, one] as const),
              ]),
            }),
      },
      rows: [...all.rows, ...rows.map((row) => ({ ...row, id: from + row.id }))],
    };
  }, first);
}

/** Checks each of these captures and files. @throws SluiceError as openSource does */
export async function checkInputs(
  paths: readonly string[],
  options: RunnerOptions,
  wanted: Wanted,
): Promise<CheckedInput> {
  const inputs: CheckedInput[] = [];
  for (const path of paths) {
    await using stack = new AsyncDisposableStack();
    const { store } = await openSource(path, stack);
    wanted.onOpen?.(store);
    inputs.push(await checkStore(store, options, wanted));
  }
  return joined(inputs);
}
