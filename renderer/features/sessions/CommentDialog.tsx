/** Writing a comment on the selected sessions; what stands on the one under the cursor is there to be changed. */
import { type KeyboardEvent, useCallback, useId, useRef, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { commonText } from '../../text/common.ts';
import { sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { focusedElement, focusNow } from '../../ui/focus.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './CommentDialog.module.css';

/** The contract's limit. */
const MOST_CHARACTERS = 10_000;

export function CommentDialog() {
  const ids = useSessions((state) => state.commenting);
  return ids === undefined ? null : <Open ids={ids} />;
}

function Open({ ids }: { readonly ids: readonly SessionId[] }) {
  const { rpc } = useApp();
  const id = useId();
  const [before] = useState(focusedElement);
  const field = useRef<HTMLTextAreaElement>(null);
  const attach = useCallback((element: HTMLTextAreaElement | null) => {
    field.current = element;
    focusNow(element);
  }, []);
  const [text, setText] = useState(() => {
    const { current } = useSessions.getState();
    return current && ids.includes(current.id) ? (current.comment ?? '') : '';
  });
  const close = () => useSessions.getState().setCommenting(undefined);
  const save = async () => {
    try {
      await rpc.call('sessions.annotate', { ids: [...ids], comment: text.trim() });
      close();
    } catch (cause) {
      // The dialog stays: what was written is not lost.
      toast(toSluiceError(cause).message, { tone: 'err' });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      open
      title={sessionsText.commentTitle(ids.length)}
      onClose={close}
      initialFocus={field}
      finalFocus={() => before}
      footer={
        <>
          <Button onClick={close}>{commonText.cancel}</Button>
          <Button variant="primary" onClick={() => void save()}>
            {sessionsText.commentSave}
            <Kbd keys="Enter" />
          </Button>
        </>
      }
    >
      <div className={styles.field}>
        <textarea
          ref={attach}
          aria-label={sessionsText.commentLabel}
          aria-describedby={id}
          rows={3}
          maxLength={MOST_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={onKeyDown}
        />
        <p id={id} className={styles.help}>
          {sessionsText.commentHelp}
        </p>
      </div>
    </Dialog>
  );
}
