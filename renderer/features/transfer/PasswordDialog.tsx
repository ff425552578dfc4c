/** Asks for the password of a file that is imported; drawn while state/files.ts asks. */
import { type FormEvent, useId, useRef, useState } from 'react';
import { useFiles } from '../../state/files.ts';
import { commonText } from '../../text/common.ts';
import { fileText as words } from '../../text/files.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';

export function PasswordDialog() {
  const { asked, answer } = useFiles();
  const [password, setPassword] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const form = useId();
  if (asked === undefined) return null;
  const close = (given: string | undefined) => {
    setPassword('');
    answer(given);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') close(password);
  };
  return (
    <Dialog
      open
      title={words.passwordTitle(asked.name)}
      description={words.passwordText}
      onClose={() => close(undefined)}
      initialFocus={input}
      footer={
        <>
          <Button onClick={() => close(undefined)}>{commonText.cancel}</Button>
          <Button type="submit" form={form} variant="primary">
            {words.open}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label={words.password} error={asked.wrong ? words.passwordWrong : undefined}>
          <Input
            ref={input}
            type="password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
