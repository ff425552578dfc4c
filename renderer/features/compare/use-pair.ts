/** Two sessions read and taken apart into fields, anew whenever another pair is asked for. */
import { useEffect, useState } from 'react';
import type { Fields } from '#formats/compare/call-fields.ts';
import { type SluiceError, toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { Comparer } from './comparer.ts';
import { type ReadCall, readCall } from './read-call.ts';

export interface Pair {
  readonly a: ReadCall;
  readonly b: ReadCall;
  readonly fieldsA: Fields;
  readonly fieldsB: Fields;
}

export interface LoadedPair {
  readonly pair?: Pair;
  readonly error?: SluiceError;
}

const NOTHING: LoadedPair = {};

export function usePair(a: SessionId, b: SessionId): LoadedPair {
  const { rpc } = useApp();
  const key = `${a} ${b}`;
  const [state, setState] = useState<{ key: string; loaded: LoadedPair }>({ key: '', loaded: NOTHING });
  useEffect(() => {
    const stop = new AbortController();
    const comparer = new Comparer();
    const load = async (): Promise<Pair> => {
      const [one, two] = await Promise.all([
        readCall(rpc, a, stop.signal),
        a === b ? undefined : readCall(rpc, b, stop.signal),
      ]);
      const fieldsA = await comparer.fields(one);
      return { a: one, b: two ?? one, fieldsA, fieldsB: two ? await comparer.fields(two) : fieldsA };
    };
    load()
      .then(
        (pair) => !stop.signal.aborted && setState({ key, loaded: { pair } }),
        (cause: unknown) =>
          !stop.signal.aborted && setState({ key, loaded: { error: toSluiceError(cause) } }),
      )
      .finally(() => comparer[Symbol.dispose]());
    return () => {
      stop.abort();
      comparer[Symbol.dispose]();
    };
  }, [rpc, a, b, key]);
  return state.key === key ? state.loaded : NOTHING;
}
