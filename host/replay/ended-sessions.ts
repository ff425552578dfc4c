/** Waiting for sessions to end, however many: one look at what the store says, whoever waits. */
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';

export interface EndedSessions extends Disposable {
  /** Resolves when it has ended and is on disk. It must not have ended before. Rejects with the signal's reason. */
  after(id: SessionId, signal: AbortSignal): Promise<void>;
}

export function endedSessions(store: Pick<CaptureStore, 'onChange'>): EndedSessions {
  const waiting = new Map<SessionId, () => void>();
  const told = store.onChange(({ ended }) => {
    for (const id of ended) waiting.get(id)?.();
  });
  return {
    after(id, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const gone = () => reject(signal.reason);
      signal.addEventListener('abort', gone, { once: true });
      if (signal.aborted) gone();
      waiting.set(id, resolve);
      return promise.finally(() => {
        waiting.delete(id);
        signal.removeEventListener('abort', gone);
      });
    },
    [Symbol.dispose]: () => told[Symbol.dispose](),
  };
}
