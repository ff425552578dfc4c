/**
 * Tells scripts of sessions that have ended, each one once, in the order in which they ended. Stands behind the traffic and never in its way: what a slow
 * script leaves waiting beyond a bound is left out, and the script is told how many.
 */
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate, type RowPredicate } from '#model/filter/predicate.ts';
import type { SessionId } from '#model/session.ts';
import type { Note } from '#proxy-core/intercept/step.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { noteOutcome } from './outcome.ts';
import type { Script } from './script.ts';
import { sessionBody, sessionInput } from './session-input.ts';

const MAX_WAITING = 10_000;

type Store = Pick<CaptureStore, 'onChange' | 'get' | 'readBody' | 'messages'>;

function passesFor({ registered }: Script): RowPredicate {
  const parsed = parseFilter(registered.filter ?? '');
  return parsed.ok ? filterPredicate(parsed.filter) : () => false;
}

export function startFinishedPump(
  store: Store,
  scripts: { readonly scripts: readonly Script[] },
  note: (id: SessionId, note: Note) => void,
): AsyncDisposable {
  const waiting: SessionId[] = [];
  let left = 0;
  let working: Promise<void> | undefined;
  let closed = false;

  async function tell(id: SessionId): Promise<void> {
    const session = await store.get(id);
    if (session === undefined) return;
    for (const script of scripts.scripts) {
      if (closed || !script.has('finished') || !passesFor(script)(session.row)) continue;
      const told = await script
        .call('finished', sessionInput(session), {
          body: sessionBody(store, session),
          read: ({ outcome }) => noteOutcome(outcome),
        })
        // The script is off now, and has said why.
        .catch(() => undefined);
      if (told?.mark !== undefined || told?.comment !== undefined) note(id, told);
    }
  }

  async function work(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined && !closed; id = waiting.shift()) {
      // The capture may be closed at any moment; then nobody is told any more.
      await tell(id).catch(() => undefined);
    }
  }

  const subscription = store.onChange(({ ended }) => {
    const hearers = scripts.scripts.filter((script) => script.has('finished'));
    if (hearers.length === 0) return;
    for (const id of ended) {
      if (waiting.length < MAX_WAITING) waiting.push(id);
      else left += 1;
    }
    if (left > 0 && waiting.length < MAX_WAITING) {
      for (const script of hearers)
        script.say('warn', `${left} sessions were not told: the script is too slow.`);
      left = 0;
    }
    if (waiting.length === 0) return;
    working ??= work().finally(() => {
      working = undefined;
    });
  });
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      subscription[Symbol.dispose]();
      await working;
    },
  };
}
