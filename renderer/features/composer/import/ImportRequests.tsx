/**
 * Importing requests: pasted or out of a file, listed with what of them could not be taken, and those chosen opened in the composer. Reading
 * sends nothing.
 */
import { type ChangeEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { ImportedRequest } from '#formats/requests/imported-request.ts';
import { REQUEST_FORMATS, type ReadRequests } from '#formats/requests/read-requests.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../../app.ts';
import { useComposer } from '../../../state/composer.ts';
import { commonText } from '../../../text/common.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Input } from '../../../ui/Field.tsx';
import { focusedElement } from '../../../ui/focus.ts';
import { draftOfImported } from '../draft.ts';
import { ADDRESS_ID } from '../RequestEditor.tsx';
import { composerText } from '../text.ts';
import { detailsOf, foundIn, MOST_OPENED } from './found-requests.ts';
import { ImportedList } from './ImportedList.tsx';
import styles from './ImportRequests.module.css';
import { readInWorker } from './read-in-worker.ts';

const FILES = '.http,.rest,.json,.yaml,.yml,.sh,.bat,.cmd,.ps1,.txt,.curl';

export function ImportRequests() {
  const { platform } = useApp();
  const [before] = useState(focusedElement);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState(false);
  const [read, setRead] = useState<ReadRequests>();
  const close = () => useComposer.getState().setImporting(false);

  const take = useCallback(async (source: string, name: string) => {
    setReading(true);
    setProblem(undefined);
    try {
      setRead(await readInWorker({ text: source, name }));
    } catch (cause) {
      setProblem(toSluiceError(cause).message);
    } finally {
      setReading(false);
    }
  }, []);
  const choose = async () => {
    const file = await platform.pickFile(FILES);
    if (file) await take(await file.text(), file.name);
  };

  if (read !== undefined) {
    return <Choice read={read} before={before} onBack={() => setRead(undefined)} onClose={close} />;
  }
  return (
    <Dialog
      open
      wide
      title={composerText.importTitle}
      description={composerText.importText}
      onClose={close}
      initialFocus={field}
      finalFocus={() => before}
      footer={
        <>
          <Button disabled={reading} onClick={() => void choose()}>
            {composerText.importFile}
          </Button>
          <Button
            variant="primary"
            disabled={reading || text.trim() === ''}
            onClick={() => void take(text, '')}
          >
            {composerText.importRead}
          </Button>
        </>
      }
    >
      <textarea
        ref={field}
        className={styles.source}
        aria-label={composerText.importLabel}
        aria-invalid={problem !== undefined}
        placeholder={composerText.importPlaceholder}
        spellCheck={false}
        rows={12}
        value={text}
        onChange={(event: ChangeEvent<HTMLTextAreaElement>) => setText(event.target.value)}
      />
      {problem === undefined ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly read: ReadRequests;
  readonly before: HTMLElement | null;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** The requests that were found; all are chosen at first where that many can be opened. */
function Choice({ read, before, onBack, onClose }: ChoiceProps) {
  const { requests, losses, format } = read;
  const opened = useRef(false);
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<ImportedRequest>>(
    () => new Set(requests.length <= MOST_OPENED ? requests : []),
  );
  const found = useMemo(() => foundIn(requests, find), [requests, find]);
  const toggle = (these: readonly ImportedRequest[], on: boolean) => {
    const next = new Set(chosen);
    for (const one of these) {
      if (on) next.add(one);
      else next.delete(one);
    }
    setChosen(next);
  };
  const open = () => {
    opened.current = true;
    const { open: openDraft } = useComposer.getState();
    for (const request of requests)
      if (chosen.has(request)) openDraft((key) => draftOfImported(key, request));
    onClose();
  };
  const tooMany = chosen.size > MOST_OPENED;
  return (
    <Dialog
      open
      wide
      title={composerText.importFound(requests.length, REQUEST_FORMATS[format])}
      onClose={onClose}
      // Whoever opened a request is about to change or send it.
      finalFocus={() => (opened.current ? document.getElementById(ADDRESS_ID) : before)}
      footer={
        <>
          <Button onClick={onBack}>{commonText.back}</Button>
          <Button variant="primary" disabled={chosen.size === 0 || tooMany} onClick={open}>
            {composerText.importOpen(chosen.size)}
          </Button>
        </>
      }
    >
      <div className={styles.choice}>
        {requests.length > 8 ? (
          <Input
            aria-label={composerText.importFind}
            placeholder={composerText.importFind}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
        ) : null}
        <ImportedList requests={found} chosen={chosen} onToggle={toggle} />
        {tooMany ? (
          <p className={styles.problem} role="alert">
            {composerText.importTooMany(MOST_OPENED)}
          </p>
        ) : null}
        {losses.counts.length === 0 ? null : (
          <section className={styles.lost} aria-label={composerText.importLost}>
            <h3>{composerText.importLost}</h3>
            <ul>
              {losses.counts.map(({ what, count }) => (
                <li key={what}>{composerText.importLoss(what, count, detailsOf(losses, what))}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}
