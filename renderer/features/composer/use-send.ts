/** Sending a draft, and no longer waiting for it. */
import { useCallback, useRef } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { useComposer } from '../../state/composer.ts';
import { toast } from '../../ui/toast.ts';
import { type Draft, requestOf } from './draft.ts';
import { octetsOfRaw } from './raw-request.ts';

export interface Sending {
  readonly sending: boolean;
  send(): Promise<void>;
  /** What was handed over is sent all the same; the composer no longer waits for it. */
  cancel(): void;
}

export function useSend(draft: Draft): Sending {
  const { rpc } = useApp();
  const { sending, setSending, setSent } = useComposer();
  const turn = useRef(0);
  const { key } = draft;
  const send = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    setSending(key, true);
    try {
      const { parentId } = draft;
      const parent = parentId === undefined ? {} : { parentId };
      const { id } = await (draft.raw === undefined
        ? rpc.call('composer.send', { ...requestOf(draft), source: 'composer', ...parent })
        : rpc.call('composer.sendRaw', {
            url: requestOf(draft).url,
            octets: octetsOfRaw(draft.raw),
            ...parent,
          }));
      if (turn.current === mine) setSent(key, id);
    } catch (cause) {
      if (turn.current === mine) toast(toSluiceError(cause).message, { tone: 'err' });
    } finally {
      if (turn.current === mine) setSending(key, false);
    }
  }, [rpc, draft, key, setSending, setSent]);
  return {
    sending: sending.has(key),
    send,
    cancel() {
      turn.current += 1;
      setSending(key, false);
    },
  };
}
