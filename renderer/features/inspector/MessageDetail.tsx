/** One message in full: what is special about it, then text laid out if it is JSON, bytes otherwise. */
import { useMemo, useState } from 'react';
import type { Evidence } from '#model/finding.ts';
import type { Message } from '#model/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { BodyMode } from '../../views/body/body-view-mode.ts';
import { modeShown, modesOf } from '../../views/body/body-view-mode.ts';
import { TextBody } from '../../views/body/TextBody.tsx';
import { classifyBody } from '../../views/content/classify.ts';
import { HexView } from '../../views/hex/HexView.tsx';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { viewsText } from '../../views/text.ts';
import { messageContent, messageFacts, messageSummary } from './message-text.ts';
import panels from './panels.module.css';
import { inspectorText } from './text.ts';

const LABELS: Readonly<Record<BodyMode, string>> = viewsText;

export interface MessageDetailProps {
  readonly message: Message;
  /** Evidence that is to be marked, if it lies in this message. */
  readonly shown: Evidence | undefined;
}

export function MessageDetail({ message, shown }: MessageDetailProps) {
  const { opcode, flaw, index } = message;
  const data = useMemo(() => messageContent(message), [message]);
  const marks = useMemo(
    () => (shown?.message === index ? [{ start: shown.start, end: shown.end, focused: true }] : []),
    [shown, index],
  );
  const [chosen, setChosen] = useState<BodyMode | undefined>(undefined);
  const start = useMemo(() => ({ data, total: data.length, problem: undefined }), [data]);
  const body = classifyBody(opcode === 2 ? undefined : 'text/plain', data, data.length);
  const textual = body.kind === 'image' ? { ...body, kind: 'binary' as const } : body;
  const mode = modeShown(textual, chosen);
  return (
    <div className={panels.column}>
      <div className={panels.bar}>
        <span className={panels.barText}>
          <b className={panels.barTitle}>
            <Visible text={messageSummary(message)} />
          </b>{' '}
          <Visible text={messageFacts(message).join(' · ')} />
        </span>
        {data.length > 0 ? (
          <Segmented
            label={viewsText.view}
            value={mode}
            options={modesOf(textual).map((value) => ({ value, label: LABELS[value] }))}
            onChange={setChosen}
          />
        ) : null}
        <CopyButton label={viewsText.copyBody} text={() => new TextDecoder().decode(data)} />
      </div>
      {flaw === undefined ? null : (
        <Notice tone="warn">
          <Visible text={inspectorText.flaw(flaw)} />
        </Notice>
      )}
      {data.length === 0 ? (
        <EmptyState title={inspectorText.emptyMessage} />
      ) : mode === 'hex' ? (
        <HexView key={index} total={data.length} bytes={data} marks={marks} label={viewsText.hex} />
      ) : (
        <TextBody
          start={start}
          contentType={undefined}
          body={textual}
          pretty={mode === 'pretty'}
          wrap
          marks={marks}
        />
      )}
    </div>
  );
}
