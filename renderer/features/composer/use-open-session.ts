/** Opening a session's request as a new draft; what cannot be opened says why. */
import { useCallback } from 'react';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { readBody, readSession } from '../../rpc/sessions.ts';
import { useComposer } from '../../state/composer.ts';
import { toast } from '../../ui/toast.ts';
import { draftOf } from './draft.ts';
import { MOST_SENT_BYTES } from './replay.ts';

export function useOpenSession(): (id: SessionId) => void {
  const { rpc } = useApp();
  return useCallback(
    (id) => {
      const open = async () => {
        const session = await readSession(rpc, id);
        if (session.row.kind === 'tunnel')
          throw new SluiceError(
            'not-allowed',
            'Nothing of a tunnel’s content is known, so there is no request to open.',
          );
        const body =
          session.request.body.size === 0
            ? new Uint8Array(0)
            : await readBody(rpc, id, 'request', MOST_SENT_BYTES);
        useComposer.getState().open((key) => draftOf(key, session, body));
      };
      open().catch((cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' }));
    },
    [rpc],
  );
}
