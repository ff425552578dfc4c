/** The lines of two bodies side by side, from the worker. */
import { useEffect, useState } from 'react';
import { type SluiceError, toSluiceError } from '#model/errors.ts';
import { Comparer } from './comparer.ts';
import type { LineRows } from './line-rows.ts';
import type { TypedBody } from './protocol.ts';

export interface LoadedLines {
  readonly answer?: { readonly lines: LineRows; readonly pretty: boolean };
  readonly error?: SluiceError;
}

/** `a` and `b` must stay the same objects while they hold the same bodies. */
export function useLines(a: TypedBody, b: TypedBody, pretty: boolean): LoadedLines {
  const [state, setState] = useState<LoadedLines>({});
  useEffect(() => {
    let current = true;
    const comparer = new Comparer();
    setState({});
    comparer
      .lines(a, b, pretty)
      .then(
        (answer) => current && setState({ answer }),
        (cause: unknown) => current && setState({ error: toSluiceError(cause) }),
      )
      .finally(() => comparer[Symbol.dispose]());
    return () => {
      current = false;
      comparer[Symbol.dispose]();
    };
  }, [a, b, pretty]);
  return state;
}
