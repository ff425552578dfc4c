/** Every session of a capture before the checks, a few at a time: what `sluice check` reports on. It changes nothing in the capture. */
import type { Finding } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import type { CheckRunner } from '#security/check-runner.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import { type CheckableStore, createOrderedCheck } from './check-session.ts';
import { CheckTally } from './check-tally.ts';
import { VERSION } from './version.ts';

/** Reading is waiting: this many sessions are read ahead of the one that the checks are at. */
const AT_ONCE = 16;

/** What the checks say of these sessions, in their order. A session that no check could look at is told as a failure; the rest goes on. */
export async function checkCapture(
  store: CheckableStore,
  runner: Pick<CheckRunner, 'check' | 'checks'>,
  ids: readonly SessionId[],
): Promise<CheckReport> {
  const tally = new CheckTally();
  const found: (readonly Finding[])[] = [];
  const waiting = ids.entries();
  const check = createOrderedCheck(store, runner);

  async function lane(): Promise<void> {
    for (const [at, id] of waiting) {
      try {
        const result = await check(id);
        tally.add(result);
        if (result.findings.length > 0) found[at] = result.findings;
      } catch (error) {
        tally.addError(error);
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const { partial, failed } = tally;
  const findings = found.flat();
  return { version: VERSION, checks: runner.checks, sessions: ids.length, partial, failed, findings };
}
