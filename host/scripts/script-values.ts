/** What own columns and body views of scripts say of a recorded session. */
import type { ScriptValue } from '#model/contract/scripts.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate } from '#model/filter/predicate.ts';
import type { BodySide, Session } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { bodySize } from '../bodies.ts';
import { valueOutcome } from './outcome.ts';
import type { Script } from './script.ts';
import { sessionBody, sessionInput } from './session-input.ts';

type Store = Pick<CaptureStore, 'get' | 'readBody' | 'messages'>;

const SIDES: readonly BodySide[] = ['request', 'response'];

function isFor({ registered: { filter = '' } }: Script, { row }: Session): boolean {
  const parsed = parseFilter(filter);
  return parsed.ok && filterPredicate(parsed.filter)(row);
}

async function ask(script: Script, hook: 'column' | 'view', input: object, store: Store, session: Session) {
  return (
    script
      .call(
        hook,
        { ...sessionInput(session), ...input },
        {
          body: sessionBody(store, session),
          soft: true,
          read: ({ outcome }) => valueOutcome(outcome),
        },
      )
      // It is off now, and its console says why.
      .catch(() => undefined)
  );
}

/** Columns that scripts add, in order. */
export const ownColumns = (scripts: readonly Script[]): { script: Script; name: string }[] =>
  scripts.flatMap((script) => (script.on ? script.registered.columns.map((name) => ({ script, name })) : []));

/** Of one column. Undefined: the script has nothing to say of that session. */
export async function columnValue(
  script: Script,
  name: string,
  store: Store,
  session: Session,
): Promise<string | undefined> {
  return isFor(script, session) ? ask(script, 'column', { name }, store, session) : undefined;
}

/** Of all columns and views of scripts that are on and for that session. */
export async function scriptValues(
  scripts: readonly Script[],
  nameOf: (script: Script) => string,
  store: Store,
  session: Session,
): Promise<ScriptValue[]> {
  const values: ScriptValue[] = [];
  for (const script of scripts) {
    if (!script.on || !isFor(script, session)) continue;
    for (const name of script.registered.columns) {
      const text = await ask(script, 'column', { name }, store, session);
      if (text !== undefined) values.push({ script: nameOf(script), name, text });
    }
    for (const name of script.registered.views) {
      for (const side of SIDES.filter((one) => bodySize(session, one) > 0)) {
        const text = await ask(script, 'view', { name, side }, store, session);
        if (text !== undefined) values.push({ script: nameOf(script), name, side, text });
      }
    }
  }
  return values;
}
