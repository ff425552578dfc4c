/** The request itself: method and address in a line, headers and body as tabs. What is wrong is said where it is. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useComposer } from '../../state/composer.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Select } from '../../ui/Select.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AuthFields } from './AuthFields.tsx';
import { BodyEditor } from './BodyEditor.tsx';
import styles from './Composer.module.css';
import { canSend, canSendRaw, type Draft, problemsOf } from './draft.ts';
import { HeaderRows } from './HeaderRows.tsx';
import { usePasteRequest } from './import/use-paste-request.ts';
import { PairRows } from './PairRows.tsx';
import { RawEditor } from './RawEditor.tsx';
import { rawOfDraft } from './raw-request.ts';
import {
  authorizationOf,
  cookiesOf,
  queryOf,
  withAuthorization,
  withCookies,
  withQuery,
} from './request-pairs.ts';
import { composerText } from './text.ts';
import { useSend } from './use-send.ts';

/** The field that has the focus when a request was opened. */
export const ADDRESS_ID = 'composer-address';

type Part = 'query' | 'headers' | 'cookies' | 'auth' | 'body';
const VERSIONS = (['HTTP/1.1', 'HTTP/2.0', 'raw'] as const).map((value) => ({
  value,
  label: composerText.versions[value],
}));
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY'];

export function RequestEditor({ draft }: { readonly draft: Draft }) {
  const { key } = draft;
  const edit = useComposer((state) => state.edit);
  const [tab, setTab] = useState<Part>(draft.body.bytes.length > 0 ? 'body' : 'headers');
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
    if (draft.raw === undefined ? canSend(problems) : canSendRaw(problems)) void send();
    else if (draft.raw === undefined && problems.headers.size > 0) setTab('headers');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!sending) trySend();
  };
  const shown = tried ? problems : undefined;
  const on = draft.headers.filter((header) => header.on && header.name !== '').length;
  const parts: Readonly<Record<Part, () => ReactNode>> = {
    query: () => (
      <PairRows
        what={composerText.query}
        pairs={queryOf(draft.url)}
        onChange={(pairs) => edit(key, { url: withQuery(draft.url, pairs) })}
      />
    ),
    headers: () => <HeaderRows draft={draft} problems={shown?.headers ?? NO_PROBLEMS} />,
    cookies: () => (
      <PairRows
        what={composerText.cookie}
        pairs={cookiesOf(draft.headers)}
        onChange={(pairs) => edit(key, { headers: withCookies(draft.headers, pairs) })}
      />
    ),
    auth: () => (
      <AuthFields
        value={authorizationOf(draft.headers)}
        onChange={(next) => edit(key, { headers: withAuthorization(draft.headers, next) })}
      />
    ),
    body: () => <BodyEditor draft={draft} />,
  };
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
        <Select
          label={composerText.version}
          value={draft.raw === undefined ? draft.httpVersion : 'raw'}
          options={VERSIONS}
          onChange={(version) =>
            edit(
              key,
              version === 'raw' ? { raw: rawOfDraft(draft) } : { httpVersion: version, raw: undefined },
            )
          }
        />
        {sending ? (
          <Button onClick={cancel}>{composerText.cancel}</Button>
        ) : (
          <Button variant="primary" aria-keyshortcuts={ariaShortcut('Ctrl+Enter')} onClick={trySend}>
            {composerText.send}
            <Kbd keys="Ctrl+Enter" />
          </Button>
        )}
      </div>
      {draft.raw === undefined ? (
        <Tabs
          label={composerText.request}
          tabs={[
            { id: 'query', label: composerText.query, count: queryOf(draft.url).length || undefined },
            { id: 'headers', label: composerText.headers, count: on },
            {
              id: 'cookies',
              label: composerText.cookies,
              count: cookiesOf(draft.headers).length || undefined,
            },
            { id: 'auth', label: composerText.auth },
            { id: 'body', label: composerText.body },
          ]}
          value={tab}
          onChange={setTab}
          className={styles.tabs ?? ''}
        >
          {(id) => parts[id]()}
        </Tabs>
      ) : (
        <RawEditor draft={draft} />
      )}
    </section>
  );
}

const NO_PROBLEMS: ReadonlyMap<number, string> = new Map();
