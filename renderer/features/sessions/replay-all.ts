/** Sends several sessions again, one after the other, with progress where it is more than a few. */
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { sessionsText } from '../../text/sessions.ts';
import { startTask } from '../../ui/task.ts';
import { toast } from '../../ui/toast.ts';
import { replaySession } from '../composer/replay.ts';
import { openSession } from '../inspector/open-session.ts';

const MOST = 200;
/** Up to so many are done before one could read what they are doing. */
const FEW = 3;

/** Those before a failing one have been sent. @throws SluiceError `too-large` for too many, and those of replaySession. */
export async function replayAll(rpc: RpcClient, ids: readonly SessionId[]): Promise<void> {
  if (ids.length > MOST) throw new SluiceError('too-large', sessionsText.tooMany('sent again', MOST));
  const task = ids.length > FEW ? startTask(sessionsText.replaying(ids.length)) : undefined;
  let first: SessionId | undefined;
  let sent = 0;
  try {
    for (const id of ids) {
      if (task?.signal.aborted) break;
      const made = await replaySession(rpc, id);
      first ??= made;
      sent += 1;
      task?.progress(sent / ids.length);
    }
  } finally {
    task?.close();
  }
  if (first === undefined) return;
  const made = first;
  const show = () => {
    openSession(rpc, made).catch((cause) => toast(toSluiceError(cause).message, { tone: 'err' }));
  };
  toast(sessionsText.sentAgain(sent), {
    tone: 'ok',
    action: { label: sessionsText.showReplayed, run: show },
  });
}
