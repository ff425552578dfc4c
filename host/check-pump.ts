/**
 * Gives finished sessions to the security checks and puts what they find into the capture. Always behind the traffic, never in its way:
 * a few sessions are checked at a time, waiting ones are ids and nothing more, and when even those are too many, only the range they span
 * is kept. It skips nothing: after a burst it catches up.
 */
import type { Finding } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import type { CheckRunner } from '#security/check-runner.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { bodySize, readDecoded } from './bodies.ts';

/** What a check sees of a body: secrets and personal data stand in text, and text that long is rare. */
const BODY_CAP = 1024 * 1024;
const AT_ONCE = 4;
const MAX_WAITING = 10_000;

type Store = Pick<CaptureStore, 'get' | 'readBody' | 'messages' | 'putFindings' | 'onChange'>;

/** What the checks find in a session; nothing for one that is gone, unfinished or a tunnel. */
export async function checkSession(
  store: Pick<CaptureStore, 'get' | 'readBody' | 'messages'>,
  runner: Pick<CheckRunner, 'check'>,
  id: SessionId,
): Promise<Finding[]> {
  const session = await store.get(id);
  if (!session || session.row.state === 'active' || session.row.kind === 'tunnel') return [];
  const [request, response] = await Promise.all([
    readDecoded(store, session, 'request', BODY_CAP),
    readDecoded(store, session, 'response', BODY_CAP),
  ]);
  return runner.check({
    session,
    requestBody: request.bytes,
    requestTruncated: request.problem !== undefined || bodySize(session, 'request') > BODY_CAP,
    responseBody: response.bytes,
    responseTruncated: response.problem !== undefined || bodySize(session, 'response') > BODY_CAP,
  });
}

export interface CheckPump extends AsyncDisposable {
  /** Sessions that ended and were not checked yet; in a burst, an upper bound. */
  readonly waiting: number;
  /** Resolves when nothing waits, or after `ms`; answers whether nothing does. */
  drain(ms: number): Promise<boolean>;
}

/** Begins to check what finishes in `store`. A session whose check fails is left without findings. */
export function startCheckPump(store: Store, runner: Pick<CheckRunner, 'check'>): CheckPump {
  const queue: SessionId[] = [];
  /** Ids that found no room in the queue lie in [from, to]. */
  let overflow: { from: number; to: number } | undefined;
  const running = new Set<Promise<void>>();
  let stopped = false;

  function add(id: SessionId): void {
    if (queue.length < MAX_WAITING && !overflow) queue.push(id);
    else overflow = { from: Math.min(overflow?.from ?? id, id), to: Math.max(overflow?.to ?? id, id) };
  }

  function next(): SessionId | undefined {
    const id = queue.shift();
    if (id !== undefined || !overflow) return id;
    const { from, to } = overflow;
    overflow = from < to ? { from: from + 1, to } : undefined;
    return from;
  }

  async function checkOne(id: SessionId): Promise<void> {
    try {
      const findings = await checkSession(store, runner, id);
      if (findings.length > 0 && !stopped) await store.putFindings(id, findings);
    } catch {
      // A check that failed says nothing of the session; `sluice check` tells why. The traffic goes on.
    }
  }

  function fill(): void {
    while (!stopped && running.size < AT_ONCE) {
      const id = next();
      if (id === undefined) return;
      const job = checkOne(id).then(() => {
        running.delete(job);
        fill();
      });
      running.add(job);
    }
  }

  const waiting = () => queue.length + running.size + (overflow ? overflow.to - overflow.from + 1 : 0);
  const subscription = store.onChange(({ ended }) => {
    for (const id of ended) add(id);
    fill();
  });

  return {
    get waiting() {
      return waiting();
    },
    async drain(ms) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      let expired = false;
      void late.then(() => {
        expired = true;
      });
      while (running.size > 0 && !expired) await Promise.race([...running, late]);
      clearTimeout(timer);
      return running.size === 0;
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      subscription[Symbol.dispose]();
      await Promise.all(running);
    },
  };
}
