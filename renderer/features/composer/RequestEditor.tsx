/** The request itself: method and address in a line, headers and body as tabs. What is wrong is said where it is. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useComposer } from '../../state/composer.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { BodyEditor } from './BodyEditor.tsx';
import styles from './Composer.module.css';
import { canSend, type Draft, problemsOf } from './draft.ts';
import { HeaderRows } from './HeaderRows.tsx';
import { usePasteRequest } from './import/use-paste-request.ts';
import { composerText } from './text.ts';
import { useSend } from './use-send.ts';

/** The field that has the focus when a request was opened. */
export const ADDRESS_ID = 'composer-address';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY'];

export function RequestEditor({ draft }: { readonly draft: Draft }) {
  const { key } = draft;
  const edit = useComposer((state) => state.edit);
  const [tab, setTab] = useState<'headers' | 'body'>(draft.body.bytes.length > 0 ? 'body' : 'headers');
  // Problems are shown once sending was tried, and from then on follow the typing.
  const [tried, setTried] = useState(false);
  const problems = problemsOf(draft);
  // Whoever opens a request is about to change or send it: Ctrl+Enter must work at once.
  const address = useRef<HTMLInputElement>(null);
  useEffect(() => address.current?.focus(), []);
  const { sending, send, cancel } = useSend(draft);
  const onPaste = usePasteRequest(key);

  const trySend = () => {
    setTried(true);
    if (canSend(problems)) void send();
    else if (problems.headers.size > 0) setTab('headers');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!sending) trySend();
  };
  const shown = tried ? problems : undefined;
  const on = draft.headers.filter((header) => header.on && header.name !== '').length;
  return (
    <section className={styles.editor} aria-label={composerText.request} onKeyDownCapture={onKeyDown}>
      <div className={styles.target}>
        <Field
          label={<span className="visually-hidden">{composerText.method}</span>}
          error={shown?.method}
          className={styles.method ?? ''}
        >
          <Input
            mono
            list="composer-methods"
            value={draft.method}
            onChange={(event) => edit(key, { method: event.currentTarget.value.trim() })}
          />
        </Field>
        <datalist id="composer-methods">
          {METHODS.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <Field
          label={<span className="visually-hidden">{composerText.url}</span>}
          error={shown?.url}
          className={styles.url ?? ''}
        >
          <Input
            ref={address}
            id={ADDRESS_ID}
            mono
            value={draft.url}
            placeholder={composerText.urlPlaceholder}
            onPaste={onPaste}
            onChange={(event) => edit(key, { url: event.currentTarget.value })}
          />
        </Field>
        {sending ? (
          <Button onClick={cancel}>{composerText.cancel}</Button>
        ) : (
          <Button variant="primary" aria-keyshortcuts={ariaShortcut('Ctrl+Enter')} onClick={trySend}>
            {composerText.send}
            <Kbd keys="Ctrl+Enter" />
          </Button>
        )}
      </div>
      <Tabs
        label={composerText.request}
        tabs={[
          { id: 'headers', label: composerText.headers, count: on },
          { id: 'body', label: composerText.body },
        ]}
        value={tab}
        onChange={setTab}
        className={styles.tabs ?? ''}
      >
        {(id) =>
          id === 'headers' ? (
            <HeaderRows draft={draft} problems={shown?.headers ?? NO_PROBLEMS} />
          ) : (
            <BodyEditor draft={draft} />
          )
        }
      </Tabs>
    </section>
  );
}

const NO_PROBLEMS: ReadonlyMap<number, string> = new Map();
