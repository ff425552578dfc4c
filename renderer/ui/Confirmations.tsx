/** Draws the question of confirm.ts; once per window. */
import { useRef } from 'react';
import { commonText } from '../text/common.ts';
import { Button } from './Button.tsx';
import { type Question, useConfirmation } from './confirm.ts';
import { Dialog } from './Dialog.tsx';

export function Confirmations() {
  const { question, answer } = useConfirmation();
  // While it fades out the dialog keeps its words.
  const last = useRef<Question>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  if (question) last.current = question;
  const { title = '', text = '', confirmLabel = '', danger = false } = last.current ?? {};
  return (
    <Dialog
      open={question !== undefined}
      onClose={() => answer(false)}
      title={title}
      description={text}
      initialFocus={button}
      footer={
        <>
          <Button onClick={() => answer(false)}>{commonText.cancel}</Button>
          <Button ref={button} variant={danger ? 'danger' : 'primary'} onClick={() => answer(true)}>
            {confirmLabel}
          </Button>
        </>
      }
    />
  );
}
