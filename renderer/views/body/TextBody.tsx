/** A textual body in the editor, raw or laid out; says what could not be decoded or laid out and shows it raw then. */
import { useMemo } from 'react';
import { Spinner } from '../../ui/Progress.tsx';
import { CodeView } from '../code/CodeView.tsx';
import { decodeText, textOffset } from '../content/charset.ts';
import { type BodyClass, formatLanguageOf } from '../content/classify.ts';
import { formattedOffset } from '../format/writer.ts';
import { Notice } from '../parts/Notice.tsx';
import { viewsText } from '../text.ts';
import styles from './BodyView.module.css';
import type { BodyMark } from './BodyView.tsx';
import type { BodyStart } from './body-ranges.ts';
import { useFormatted } from './use-formatted.ts';

export interface TextBodyProps {
  readonly start: BodyStart;
  readonly contentType: string | undefined;
  readonly body: BodyClass;
  readonly pretty: boolean;
  readonly wrap: boolean;
  readonly marks: readonly BodyMark[];
}

export function TextBody({ start, contentType, body, pretty, wrap, marks }: TextBodyProps) {
  const { data, total } = start;
  const partial = data.length < total;
  const decoded = useMemo(() => decodeText(data, contentType, partial), [data, contentType, partial]);
  // Half a text cannot be laid out: its brackets do not close.
  const language = pretty && !partial ? formatLanguageOf(body) : undefined;
  const answer = useFormatted(language, decoded.text);
  const formatted = answer?.ok === true ? answer.formatted : undefined;
  const textMarks = useMemo(
    () =>
      marks
        .filter((mark) => mark.start < data.length)
        .map((mark) => {
          const place = (offset: number) => {
            const inText = textOffset(data, decoded, offset);
            return formatted === undefined ? inText : formattedOffset(formatted, inText);
          };
          return { start: place(mark.start), end: place(mark.end), focused: mark.focused === true };
        }),
    [marks, data, decoded, formatted],
  );
  return (
    <>
      {decoded.lossy ? <Notice tone="warn">{viewsText.lossy(decoded.charset)}</Notice> : null}
      {answer?.ok === false ? <Notice>{viewsText.formatFailed(answer.message)}</Notice> : null}
      {language !== undefined && answer === undefined ? (
        <div className={styles.pending}>
          <Spinner label={viewsText.formatting} />
        </div>
      ) : (
        <CodeView
          text={formatted?.text ?? decoded.text}
          language={body.language}
          label={viewsText.editorLabel}
          wrap={wrap}
          marks={textMarks}
        />
      )}
    </>
  );
}
