/** A limit for work that may never end, because a program that is measured may hang. */
import { setTimeout as delay } from 'node:timers/promises';

/** What `work` resolves with; rejects when it does, or with `what` after `ms`. The work itself is not ended: that is the caller's. */
export async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const settled = new AbortController();
  const late = delay(ms, undefined, { signal: settled.signal }).then(() => {
    throw new Error(what);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
    late.catch(() => {});
  }
}
