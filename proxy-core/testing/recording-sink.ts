/** A sink that keeps everything in memory and folds it, for tests to look at; it can also be told to push back. */
import type { CaptureEvent, CaptureSink } from '#model/capture-event.ts';
import type { FullSession, Message, Session, SessionId } from '#model/session.ts';
import { beginSession, foldEvent } from '#model/session-fold.ts';

const PATIENCE_MS = 10_000;

interface Recorded {
  readonly session: Session;
  readonly requestChunks: Uint8Array[];
  readonly responseChunks: Uint8Array[];
  readonly messages: Message[];
  ended: boolean;
}

export interface RecordingSink extends CaptureSink {
  /** In the order they came. */
  readonly events: readonly CaptureEvent[];
  /** Numbers sessions 1, 2, 3, … */
  readonly nextSessionId: () => SessionId;
  /** All sessions so far, by number. */
  sessions(): FullSession[];
  /** Resolves when `count` sessions have ended, with all there are. */
  ended(count: number): Promise<FullSession[]>;
  /** Resolves when there are sessions and all have ended. */
  settled(): Promise<FullSession[]>;
  /** Resolves when a session for which `test` holds exists. */
  find(test: (session: Session) => boolean): Promise<FullSession>;
  /** While held, `write` returns false and nothing drains. */
  hold(): void;
  release(): void;
}

/** Broken rules of the event order (model/capture-event.ts) throw at once, so that they fail the test that caused them. */
export function recordingSink(): RecordingSink {
  const events: CaptureEvent[] = [];
  const recorded = new Map<SessionId, Recorded>();
  const watchers = new Set<() => void>();
  let waiting: (() => void)[] = [];
  let held = false;
  let lastId = 0;

  const full = (entry: Recorded): FullSession => ({
    session: entry.session,
    requestBody: Buffer.concat(entry.requestChunks),
    responseBody: Buffer.concat(entry.responseChunks),
    messages: entry.messages,
  });
  const sessions = () => [...recorded.values()].map(full);

  const apply = (event: CaptureEvent) => {
    if (event.type === 'begin') {
      if (recorded.has(event.id)) throw new Error(`session ${event.id} began twice`);
      const session = beginSession(event);
      recorded.set(event.id, { session, requestChunks: [], responseChunks: [], messages: [], ended: false });
      return;
    }
    const entry = recorded.get(event.id);
    if (!entry) throw new Error(`${event.type} before begin of session ${event.id}`);
    if (entry.ended) throw new Error(`${event.type} after end of session ${event.id}`);
    if (event.type === 'request-data') entry.requestChunks.push(event.data);
    if (event.type === 'response-data') entry.responseChunks.push(event.data);
    if (event.type === 'message') entry.messages.push({ ...event.message, index: entry.messages.length });
    if (event.type === 'end') entry.ended = true;
    foldEvent(entry.session, event);
  };

  const until = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        watchers.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        watchers.delete(check);
        reject(
          new Error(
            `${what}: not in time; sessions: ${JSON.stringify(sessions().map((s) => s.session.row))}`,
          ),
        );
      }, PATIENCE_MS);
      watchers.add(check);
      check();
    });

  return {
    events,
    nextSessionId: () => {
      lastId += 1;
      return lastId;
    },
    write(event) {
      events.push(event);
      apply(event);
      for (const watcher of [...watchers]) watcher();
      return !held;
    },
    drained: () => (held ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    sessions,
    ended: (count) =>
      until(
        () =>
          [...recorded.values()].filter((entry) => entry.ended).length >= count ? sessions() : undefined,
        `${count} sessions to end`,
      ),
    settled: () =>
      until(() => {
        const all = [...recorded.values()];
        return all.length > 0 && all.every((entry) => entry.ended) ? sessions() : undefined;
      }, 'all sessions to end'),
    find: (test) =>
      until(() => {
        const entry = [...recorded.values()].find(({ session }) => test(session));
        return entry && full(entry);
      }, 'a session'),
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}
