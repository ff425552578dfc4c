/** A message as text: its head, as received or as sent on, then the beginning of its body. Evidence in heads is marked here. */
import { useMemo, useState } from 'react';
import { headerValue } from '#model/headers.ts';
import type { BodySide, Session } from '#model/session.ts';
import { useInspector } from '../../state/inspector.ts';
import type { BodyRef } from '../../views/body/body-ranges.ts';
import { useBodyStart } from '../../views/body/use-body-start.ts';
import { decodeText } from '../../views/content/charset.ts';
import { classifyBody, looksLikeText } from '../../views/content/classify.ts';
import { visibleText } from '../../views/content/display-text.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { HighlightedText } from '../../views/parts/HighlightedText.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { evidenceMarks } from './evidence-marks.ts';
import { NoResponse } from './NoResponse.tsx';
import panels from './panels.module.css';
import { type HeadForm, headText, marksInText } from './raw-head.ts';
import type { TabProps } from './TabPanel.tsx';
import { inspectorText } from './text.ts';

/** How much of the body stands under the head. */
const BODY_BYTES = 64 * 1024;

export const SIDES = [
  { value: 'request', label: inspectorText.rawRequest },
  { value: 'response', label: inspectorText.rawResponse },
] as const;

const FORMS = [
  { value: 'received', label: inspectorText.asReceived },
  { value: 'sent', label: inspectorText.asSentOn },
] as const;

export function RawTab({ session, findings }: TabProps) {
  const shown = useInspector((state) => state.shown);
  const focus =
    shown?.sessionId === session.row.id && shown.evidence.part.endsWith('-head') ? shown : undefined;
  const asked: BodySide = focus?.evidence.part === 'request-head' ? 'request' : 'response';
  const [chosen, setChosen] = useState<{ stamp: number; side: BodySide }>({ stamp: -1, side: 'request' });
  // Being asked to show evidence turns to its side once; the user may turn away again.
  const side = focus && chosen.stamp !== focus.stamp ? asked : chosen.side;
  const [wantedForm, setForm] = useState<HeadForm>('received');
  const canCompare = headText(session, side, 'sent') !== undefined;
  // Evidence lies in what was received.
  const form = canCompare && !(focus && chosen.stamp !== focus.stamp) ? wantedForm : 'received';
  const head = headText(session, side, form);
  const part = side === 'request' ? ('request-head' as const) : ('response-head' as const);
  const marks = useMemo(() => {
    if (head === undefined || form === 'sent') return [];
    return marksInText(head, evidenceMarks(findings, part, focus?.evidence));
  }, [findings, part, focus, head, form]);
  const body = useRawBody(session, side);
  return (
    <div className={panels.column}>
      <div className={panels.bar}>
        <Segmented
          label={inspectorText.side}
          value={side}
          options={SIDES}
          onChange={(next) => setChosen({ stamp: focus?.stamp ?? -1, side: next })}
        />
        {canCompare ? (
          <Segmented
            label={inspectorText.headForm}
            value={form}
            options={FORMS}
            onChange={(next) => {
              setChosen({ stamp: focus?.stamp ?? -1, side });
              setForm(next);
            }}
          />
        ) : null}
        <span className={panels.barText} />
        {head === undefined ? null : (
          <CopyButton label={inspectorText.copyRaw} text={() => head.text + body.text} />
        )}
      </div>
      {head === undefined ? (
        <NoResponse session={session} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className={panels.raw} tabIndex={0}>
          <HighlightedText text={head.text} marks={marks} />
          {body.problem === undefined ? (
            visibleText(body.text)
          ) : (
            <em className={panels.rawNote}>{body.problem}</em>
          )}
          {body.more ? <em className={panels.rawNote}>{`\n\n${inspectorText.rawMore}`}</em> : null}
        </pre>
      )}
    </div>
  );
}

function useRawBody(session: Session, side: BodySide) {
  const { id } = session.row;
  const part = side === 'request' ? session.request : session.response;
  const ref = useMemo<BodyRef>(() => ({ id, side, decoded: true }), [id, side]);
  const { start } = useBodyStart(ref, BODY_BYTES, String(part?.body.size));
  const contentType = headerValue(part?.head.headers ?? [], 'content-type');
  return useMemo(() => {
    if (!start || start.data.length === 0) return { text: '', more: false, problem: start?.problem };
    const { kind } = classifyBody(contentType, start.data, start.total);
    if (kind !== 'text' && !looksLikeText(start.data))
      return { text: '', more: false, problem: inspectorText.rawBinary };
    const more = start.data.length < start.total;
    return { text: decodeText(start.data, contentType, more).text, more, problem: undefined };
  }, [start, contentType]);
}
