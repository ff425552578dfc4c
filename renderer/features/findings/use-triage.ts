/** Says something of findings to the host; what goes wrong is told as a toast. */
import { useCallback } from 'react';
import type { Params } from '#model/contract/contract.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { toast } from '../../ui/toast.ts';

export type Said = Params<'findings.triage'>;

/** Answers whether it was said. */
export function useTriage(): (said: Said) => Promise<boolean> {
  const { rpc } = useApp();
  return useCallback(
    async (said) => {
      try {
        await rpc.call('findings.triage', said);
        return true;
      } catch (cause) {
        toast(toSluiceError(cause).message, { tone: 'err' });
        return false;
      }
    },
    [rpc],
  );
}
