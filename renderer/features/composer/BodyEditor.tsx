/** The request's body: text in the editor, anything else as bytes that stay as they are until they are replaced on purpose. */
import { useRef, useState } from 'react';
import { useComposer } from '../../state/composer.ts';
import { formatSize } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeView } from '../../views/code/CodeView.tsx';
import { formatLanguageOf } from '../../views/content/classify.ts';
import { formatInWorker } from '../../views/format/client.ts';
import { HexView } from '../../views/hex/HexView.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { viewsText } from '../../views/text.ts';
import styles from './Composer.module.css';
import { bodyBytes, type Draft, editableBody } from './draft.ts';
import { composerText } from './text.ts';

export function BodyEditor({ draft }: { readonly draft: Draft }) {
  const { key, body } = draft;
  const edit = useComposer((state) => state.edit);
  const { kind, text } = editableBody(draft);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const latest = useRef(text);
  latest.current = text;
  const size = bodyBytes(body).length;
  const language = formatLanguageOf(kind);
  const write = (next: string) => edit(key, { body: { bytes: body.bytes, text: next } });
  const prettify = async () => {
    if (language === undefined || text === undefined) return;
    const answer = await formatInWorker(language, text, new AbortController().signal);
    // What was typed meanwhile must not be lost.
    if (latest.current !== text) return;
    setProblem(answer.ok ? undefined : composerText.prettifyFailed(answer.message));
    if (answer.ok) write(answer.formatted.text);
  };
  return (
    <div className={styles.body}>
      <div className={styles.bodyBar}>
        <span className={styles.bodyKind}>
          {kind.label} · {formatSize(size)}
          {body.text === undefined ? null : ` · ${composerText.bodyEdited}`}
        </span>
        {body.text !== undefined && body.bytes.length > 0 ? (
          <Button size="small" variant="ghost" onClick={() => edit(key, { body: { bytes: body.bytes } })}>
            {composerText.bodyRestore}
          </Button>
        ) : null}
        {language !== undefined && text ? (
          <Button size="small" variant="ghost" onClick={() => void prettify()}>
            {composerText.prettify}
          </Button>
        ) : null}
      </div>
      {problem === undefined ? null : <Notice tone="warn">{problem}</Notice>}
      {text === undefined ? (
        <>
          <Notice
            actions={
              <Button size="small" onClick={() => write('')}>
                {composerText.bodyReplace}
              </Button>
            }
          >
            {composerText.bodyKept}
          </Notice>
          <HexView total={body.bytes.length} bytes={body.bytes} label={viewsText.hex} />
        </>
      ) : (
        <CodeView text={text} language={kind.language} label={composerText.bodyLabel} wrap onChange={write} />
      )}
    </div>
  );
}
