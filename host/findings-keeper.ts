/**
 * Puts findings into the capture without losing those of others: the store keeps the findings of a session as one list, to which checks
 * and probes both add. One change at a time.
 */
import type { Finding } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';

export interface FindingsKeeper {
  /** Replaces what `checkIds` found in a session by `findings`. */
  replace(id: SessionId, checkIds: readonly string[], findings: readonly Finding[]): Promise<void>;
}

export function createFindingsKeeper(store: Pick<CaptureStore, 'findings' | 'putFindings'>): FindingsKeeper {
  let last: Promise<unknown> = Promise.resolve();

  async function replaceNow(id: SessionId, checkIds: readonly string[], findings: readonly Finding[]) {
    const others = (await store.findings(id)).filter(({ checkId }) => !checkIds.includes(checkId));
    await store.putFindings(id, [...others, ...findings]);
  }

  return {
    replace(id, checkIds, findings) {
      const change = last.then(() => replaceNow(id, checkIds, findings));
      last = change.catch(() => undefined);
      return change;
    },
  };
}
