/** Starting a replay, following it and ending it. What was received stays when the connection is lost: it is followed again. */
import { useEffect, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { ReplayPlan, ReplayProgress, ReplayRow } from '#model/replay/plan.ts';
import { useApp } from '../../app.ts';

export interface RunningReplay {
  readonly plan: ReplayPlan;
  readonly total: number;
  readonly rows: readonly ReplayRow[];
  readonly state: ReplayProgress['state'];
  readonly reason: string | undefined;
}

export interface ReplayControl {
  readonly run: RunningReplay | undefined;
  /** Why it could not be started. */
  readonly problem: string | undefined;
  start(plan: ReplayPlan): Promise<void>;
  stop(): void;
  forget(): void;
}

/** The first item after a lost connection has all rows again. */
function withRows(rows: readonly ReplayRow[], more: readonly ReplayRow[]): readonly ReplayRow[] {
  if (more.length === 0) return rows;
  const known = new Set(rows.map(({ index }) => index));
  return [...rows, ...more.filter(({ index }) => !known.has(index))];
}

export function useReplay(): ReplayControl {
  const { rpc } = useApp();
  const [id, setId] = useState<string>();
  const [run, setRun] = useState<RunningReplay>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (id === undefined) return;
    return rpc.watch(
      'replay.watch',
      { id },
      {
        item: ({ rows, state, reason }) =>
          setRun((old) => old && { ...old, rows: withRows(old.rows, rows), state, reason }),
        error: ({ message }) => setRun((old) => old && { ...old, state: 'failed', reason: message }),
      },
    );
  }, [rpc, id]);
  return {
    run,
    problem,
    async start(plan) {
      setProblem(undefined);
      try {
        const started = await rpc.call('replay.start', plan);
        setRun({ plan, total: started.total, rows: [], state: 'running', reason: undefined });
        setId(started.id);
      } catch (cause) {
        setProblem(toSluiceError(cause).message);
      }
    },
    stop() {
      if (id !== undefined) rpc.call('replay.cancel', { id }).catch(() => undefined);
    },
    forget() {
      setId(undefined);
      setRun(undefined);
    },
  };
}
