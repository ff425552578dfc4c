/** The beginning of a body, kept up to date: while the session runs, what arrived later is read too, and what is shown never blinks. */
import { useEffect, useRef, useState } from 'react';
import { type SluiceError, toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { type BodyRef, type BodyStart, readStart } from './body-ranges.ts';

export interface LoadedBody {
  readonly start: BodyStart | undefined;
  readonly error: SluiceError | undefined;
  readonly loading: boolean;
}

/** `wanted` bytes of it; `revision` changes when there may be more to read (the captured size does). */
export function useBodyStart(ref: BodyRef, wanted: number, revision: string): LoadedBody {
  const { rpc } = useApp();
  const { id, side, decoded } = ref;
  const key = `${id} ${side} ${decoded}`;
  const [state, setState] = useState<LoadedBody & { key: string }>({
    key: '',
    start: undefined,
    error: undefined,
    loading: true,
  });
  const kept = useRef<{ key: string; revision: string; start: BodyStart } | undefined>(undefined);

  useEffect(() => {
    const stop = new AbortController();
    const old = kept.current?.key === key ? kept.current : undefined;
    // A decoded body may change from its beginning while it grows; only a settled one is read on from where it stands.
    const have = old?.revision === revision ? old.start : undefined;
    setState((before) =>
      before.key === key
        ? { ...before, loading: true }
        : { key, start: undefined, error: undefined, loading: true },
    );
    const done = (start: BodyStart, loading: boolean) => {
      kept.current = { key, revision, start };
      setState({ key, start, error: undefined, loading });
    };
    readStart(
      (params) => rpc.call('sessions.body', params),
      { id, side, decoded },
      have,
      wanted,
      stop.signal,
    ).then(
      (start) => done(start, false),
      (cause: unknown) => {
        if (!stop.signal.aborted)
          setState((before) => ({ ...before, key, error: toSluiceError(cause), loading: false }));
      },
    );
    return () => stop.abort();
  }, [rpc, key, id, side, decoded, wanted, revision]);

  return state.key === key ? state : { start: undefined, error: undefined, loading: true };
}
