/** What is paused: the queue, and the one that is looked at, to be edited and sent on. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PausedItem } from '#model/rules/paused.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { chosenPaused, useBreaks } from '../../state/breaks.ts';
import { breaksText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field, Input } from '../../ui/Field.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './BreakPanel.module.css';
import { type BreakDraft, breakEdits, draftOf } from './break-edits.ts';

export function BreakPanel() {
  const { paused, choose } = useBreaks();
  const chosen = useBreaks(chosenPaused);
  if (chosen === undefined) return null;
  return (
    <section className={styles.panel} aria-label={breaksText.panel}>
      <ul className={styles.queue} aria-label={breaksText.list}>
        {paused.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              aria-pressed={item.id === chosen.id}
              className={cx(styles.item, item.id === chosen.id && styles.chosen)}
              onClick={() => choose(item.id)}
            >
              <b>{breaksText.at[item.at]}</b> {item.status ?? item.method} <Visible text={item.url} />
              <Left until={item.until} />
            </button>
          </li>
        ))}
      </ul>
      <Whole key={chosen.id} id={chosen.id} />
    </section>
  );
}

/** Seconds until it goes on by itself. */
function Left({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <small className={styles.left}>{breaksText.left(Math.max(0, Math.round((until - now) / 1000)))}</small>
  );
}

function Whole({ id }: { readonly id: number }) {
  const { data } = useCall('breaks.get', { id });
  return data === undefined ? null : <Editor item={data} />;
}

function Editor({ item }: { readonly item: PausedItem }) {
  const app = useApp();
  const [draft, setDraft] = useState<BreakDraft>(() => draftOf(item));
  const [answer, setAnswer] = useState('200');
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => {
    breakEdits.shown(item, () => latest.current);
    return () => breakEdits.shown(undefined, () => latest.current);
  }, [item]);
  const edit = (change: Partial<BreakDraft>) => setDraft((old) => ({ ...old, ...change }));
  const run = (action: string) => () => void runAction(app, app.actions.get(action));
  const settle = (resolution: Parameters<typeof breakEdits.resolve>[2]) =>
    void breakEdits.resolve(app.rpc, item.id, resolution);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'F5') return;
    event.preventDefault();
    run('breaks.goOn')();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key for all controls inside
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <div className={styles.line}>
        {item.at === 'request' ? (
          <>
            <Field label={breaksText.method}>
              <Input mono value={draft.method} onChange={({ target }) => edit({ method: target.value })} />
            </Field>
            <Field label={breaksText.url} className={styles.wide ?? ''}>
              <Input mono value={draft.url} onChange={({ target }) => edit({ url: target.value })} />
            </Field>
          </>
        ) : item.at === 'response' ? (
          <Field label={breaksText.status}>
            <Input mono value={draft.status} onChange={({ target }) => edit({ status: target.value })} />
          </Field>
        ) : null}
      </div>
      {item.at === 'message' ? null : (
        <label className={styles.part}>
          <span>{breaksText.headers}</span>
          <textarea
            rows={5}
            spellCheck={false}
            value={draft.headers}
            onChange={({ target }) => edit({ headers: target.value })}
          />
        </label>
      )}
      {draft.body === undefined ? (
        <p className={styles.note}>{item.content === undefined ? breaksText.noBody : breaksText.binary}</p>
      ) : (
        <label className={styles.part}>
          <span>{breaksText.body}</span>
          <textarea
            rows={6}
            spellCheck={false}
            value={draft.body}
            onChange={({ target }) => edit({ body: target.value })}
          />
        </label>
      )}
      <div className={styles.foot}>
        <Button variant="primary" aria-keyshortcuts="F5" onClick={run('breaks.goOn')}>
          {breaksText.goOn} (F5)
        </Button>
        <Button onClick={run('breaks.goOnAll')}>{breaksText.goOnAll}</Button>
        <Button onClick={() => settle({ kind: 'drop' })}>{breaksText.drop}</Button>
        {item.at === 'message' ? null : (
          <>
            <Button
              onClick={() =>
                settle({
                  kind: 'answer',
                  status: Number(answer) || 200,
                  content: new TextEncoder().encode(draft.body ?? ''),
                })
              }
            >
              {breaksText.answer}
            </Button>
            <Input
              mono
              aria-label={breaksText.answerStatus}
              className={styles.answer}
              value={answer}
              onChange={({ target }) => setAnswer(target.value)}
            />
          </>
        )}
      </div>
    </div>
  );
}
