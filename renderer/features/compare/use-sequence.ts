/** A comparison of two sequences while it runs: what has been found so far, and whether there is more to come. */
import { useEffect, useState } from 'react';
import type { CallDifference } from '#formats/compare/compare-captures.ts';
import { type SluiceError, toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import type { Comparison } from '../../state/compare.ts';
import { Comparer } from './comparer.ts';
import { compareSequences } from './sequence.ts';

export interface RunningSequence {
  readonly found: readonly CallDifference[];
  readonly running: boolean;
  readonly error?: SluiceError;
}

const BEGINNING: RunningSequence = { found: [], running: true };
/** Found calls are shown at most this often, in ms. */
const SHOW_EVERY = 100;

export function useSequence({ a, b }: Comparison, ignore: string, strict: boolean): RunningSequence {
  const { rpc } = useApp();
  const [state, setState] = useState<RunningSequence>(BEGINNING);
  useEffect(() => {
    const stop = new AbortController();
    const comparer = new Comparer();
    const found: CallDifference[] = [];
    const show = (more: Omit<RunningSequence, 'found'>) => {
      if (!stop.signal.aborted) setState({ found: [...found], ...more });
    };
    const run = async () => {
      let shown = performance.now();
      const options = { ignore: ignore.split('\n').filter(Boolean), strict, signal: stop.signal };
      for await (const one of compareSequences(rpc, a, b, comparer, options)) {
        found.push(one);
        if (performance.now() - shown < SHOW_EVERY) continue;
        shown = performance.now();
        show({ running: true });
      }
    };
    setState(BEGINNING);
    run()
      .then(
        () => show({ running: false }),
        (cause: unknown) => show({ running: false, error: toSluiceError(cause) }),
      )
      .finally(() => comparer[Symbol.dispose]());
    return () => {
      stop.abort();
      comparer[Symbol.dispose]();
    };
  }, [rpc, a, b, ignore, strict]);
  return state;
}
