/** Hooks that tie a component's life to a stream or a call. */

import { useEffect, useState } from 'react';
import type { CallName, Item, Params, Result, StreamName } from '#model/contract/contract.ts';
import type { SluiceError } from '#model/errors.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../app.ts';

export interface Loaded<T> {
  readonly data?: T;
  readonly error?: SluiceError;
}

const NOTHING = {};

/** The stream's newest item; undefined `params` watches nothing. A change of `params` (by value) starts anew from no data. */
export function useStream<K extends StreamName>(name: K, params: Params<K> | undefined): Loaded<Item<K>> {
  const { rpc } = useApp();
  const key = params === undefined ? undefined : JSON.stringify(params);
  const [state, setState] = useState<{ key: string | undefined; loaded: Loaded<Item<K>> }>({
    key: undefined,
    loaded: NOTHING,
  });
  useEffect(() => {
    if (key === undefined) return;
    return rpc.watch(name, JSON.parse(key) as Params<K>, {
      item: (data) => setState({ key, loaded: { data } }),
      error: (error) =>
        setState((old) => ({ key, loaded: { ...(old.key === key ? old.loaded : {}), error } })),
    });
  }, [rpc, name, key]);
  return state.key === key ? state.loaded : NOTHING;
}

/** The answer of a call made when the component appears and whenever `params` change by value; undefined asks nothing. */
export function useCall<K extends CallName>(name: K, params: Params<K> | undefined): Loaded<Result<K>> {
  const { rpc } = useApp();
  const key = params === undefined ? undefined : JSON.stringify(params);
  const [state, setState] = useState<{ key: string | undefined; loaded: Loaded<Result<K>> }>({
    key: undefined,
    loaded: NOTHING,
  });
  useEffect(() => {
    if (key === undefined) return;
    let current = true;
    rpc.call(name, JSON.parse(key) as Params<K>).then(
      (data) => current && setState({ key, loaded: { data } }),
      (error: unknown) => current && setState({ key, loaded: { error: toSluiceError(error) } }),
    );
    return () => {
      current = false;
    };
  }, [rpc, name, key]);
  return state.key === key ? state.loaded : NOTHING;
}
