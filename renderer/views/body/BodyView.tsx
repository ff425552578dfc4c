/**
 * A body, shown in the way that suits what it is. It reads only as much as it shows, lays text out in a worker, never runs anything, and
 * falls back to something plainer when a view fails. Ranges to mark are bytes of the decoded body.
 */
import { lazy, Suspense, useMemo, useState } from 'react';
import { headerValue } from '#model/headers.ts';
import type { BodySide, Session } from '#model/session.ts';
import { formatSize } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { classifyBody, formatLanguageOf } from '../content/classify.ts';
import { HexView } from '../hex/HexView.tsx';
import type { ByteRange } from '../hex/hex-rows.ts';
import { Notice } from '../parts/Notice.tsx';
import { ViewBoundary } from '../parts/ViewBoundary.tsx';
import { viewsText } from '../text.ts';
import { structureOf } from '../tree/structures.ts';
import { BodyToolbar } from './BodyToolbar.tsx';
import styles from './BodyView.module.css';
import { useBodyPreferences } from './body-preferences.ts';
import type { BodyRef } from './body-ranges.ts';
import { modeShown, modesOf } from './body-view-mode.ts';
import { bodyFileName } from './file-name.ts';
import { ImageView } from './ImageView.tsx';
import { Preview } from './Preview.tsx';
import { TextBody } from './TextBody.tsx';
import { useBodyStart } from './use-body-start.ts';

const TreeBody = lazy(() => import('../tree/TreeBody.tsx').then((module) => ({ default: module.TreeBody })));

export interface BodyMark extends ByteRange {
  readonly focused?: boolean;
}

export interface BodyViewProps {
  readonly session: Session;
  readonly side: BodySide;
  readonly marks?: readonly BodyMark[];
}

/** Enough to tell what a body is, and all of most. */
const FIRST_BYTES = 64 * 1024;
/** A text up to this size is loaded whole, because only then it can be laid out; of a longer one the beginning. */
const WHOLE_BYTES = 8 * 1024 * 1024;
const PART_BYTES = 256 * 1024;
/** No text longer than this goes into the editor; hex and the download have no such end. */
const MOST_TEXT_BYTES = 16 * 1024 * 1024;
const NO_MARKS: readonly BodyMark[] = [];

/** Remounts for every session and side, so that nothing of one body is ever shown with another. */
export function BodyView(props: BodyViewProps) {
  return <Body key={`${props.session.row.id} ${props.side}`} {...props} />;
}

function Body({ session, side, marks = NO_MARKS }: BodyViewProps) {
  const { id, state } = session.row;
  const part = side === 'request' ? session.request : session.response;
  const headers = part?.head.headers ?? [];
  const coding = headerValue(headers, 'content-encoding')?.toLowerCase();
  const coded = coding !== undefined && coding !== 'identity' && (part?.body.size ?? 0) > 0;
  const [asSent, setAsSent] = useState(false);
  const decoded = !(coded && asSent);
  const ref = useMemo<BodyRef>(() => ({ id, side, decoded }), [id, side, decoded]);
  const preferences = useBodyPreferences();

  const focus = marks.find((mark) => mark.focused);
  const [wantedText, setWantedText] = useState<number | undefined>(undefined);
  const [isText, setIsText] = useState(false);
  const [isLong, setIsLong] = useState(false);
  const wantedAtFirst = isLong ? PART_BYTES : WHOLE_BYTES;
  const wanted = isText
    ? Math.min(MOST_TEXT_BYTES, Math.max(wantedText ?? wantedAtFirst, focus?.end ?? 0))
    : FIRST_BYTES;
  const { start, error, loading } = useBodyStart(ref, wanted, `${part?.body.size} ${part?.body.complete}`);

  const contentType = headerValue(headers, 'content-type');
  const body = useMemo(
    () => classifyBody(decoded ? contentType : undefined, start?.data ?? new Uint8Array(), start?.total ?? 0),
    [decoded, contentType, start],
  );
  // An evidence beyond what the editor takes is shown where any place can be.
  const tooFar = focus !== undefined && focus.end > MOST_TEXT_BYTES;
  const structure = structureOf(decoded ? contentType : undefined, body);
  const mode = tooFar ? 'hex' : modeShown(body, preferences.mode, structure !== undefined);
  const preview = mode === 'preview' && body.kind !== 'empty';
  const needsWhole = preview && body.kind !== 'audio' && body.kind !== 'video';
  const textual =
    (mode === 'pretty' || mode === 'raw' || mode === 'tree' || needsWhole) && start !== undefined;
  if (textual !== isText) setIsText(textual);
  const long = (start?.total ?? 0) > WHOLE_BYTES;
  if (long !== isLong) setIsLong(long);

  if (part?.body.dropped)
    return <EmptyState title={viewsText.droppedTitle}>{viewsText.dropped(part.body.size)}</EmptyState>;
  if (error && !start)
    return (
      <EmptyState title={viewsText.loadFailed}>
        <p>{error.message}</p>
      </EmptyState>
    );
  if (!start || (loading && start.total === 0))
    return (
      <div className={styles.center}>
        <Spinner label={viewsText.loading} />
      </div>
    );
  if (start.total === 0 && start.problem === undefined)
    return <NoBody side={side} active={state === 'active'} />;

  const address = `/api/body/${id}/${side}?decoded=${decoded ? 1 : 0}`;
  const shown = start.data.length;
  const whole = shown >= start.total;
  const hex = (
    <HexView
      total={start.total}
      source={ref}
      marks={decoded ? marks : NO_MARKS}
      bytes={state === 'active' ? start.data : undefined}
      label={viewsText.hex}
    />
  );
  const text = (
    <TextBody
      start={start}
      contentType={decoded ? contentType : undefined}
      body={body}
      pretty={mode === 'pretty'}
      wrap={preferences.wrap}
      marks={decoded ? marks : NO_MARKS}
    />
  );
  return (
    <div className={styles.root}>
      <BodyToolbar
        label={body.kind === 'binary' && structure ? structure.label : body.label}
        size={
          coded && decoded
            ? viewsText.sizeEncoded(start.total, part?.body.size ?? 0, coding)
            : formatSize(start.total)
        }
        mode={mode}
        modes={modesOf(body, structure !== undefined)}
        onMode={preferences.setMode}
        coded={coded}
        asSent={asSent}
        onAsSent={setAsSent}
        download={`${address}&download=${encodeURIComponent(bodyFileName(session.row, side, body))}`}
        start={start}
        contentType={contentType}
        {...(formatLanguageOf(body) !== undefined && mode === 'pretty'
          ? { pretty: formatLanguageOf(body) }
          : {})}
      />
      {start.problem === undefined ? null : <Notice tone="warn">{start.problem}</Notice>}
      {part && !part.body.complete && state !== 'active' && session.failure === undefined ? (
        <Notice tone="warn">{viewsText.incomplete}</Notice>
      ) : null}
      {textual && !whole ? (
        <Notice
          actions={
            shown < MOST_TEXT_BYTES ? (
              <Button size="small" disabled={loading} onClick={() => setWantedText(MOST_TEXT_BYTES)}>
                {loading
                  ? viewsText.loading
                  : viewsText.loadMore(Math.min(start.total, MOST_TEXT_BYTES), start.total)}
              </Button>
            ) : null
          }
        >
          {viewsText.part(shown, start.total)}
          {mode !== 'raw' && start.total <= MOST_TEXT_BYTES ? `, ${viewsText.partRaw}` : null}
        </Notice>
      ) : null}
      <ViewBoundary
        resetKey={`${mode} ${shown}`}
        fallback={
          <>
            <Notice tone="err">{viewsText.viewFailed}</Notice>
            {hex}
          </>
        }
      >
        {mode === 'image' ? (
          <ImageView address={address} onShowHex={() => preferences.setMode('hex')} />
        ) : preview ? (
          <Preview
            kind={body.kind}
            start={start}
            contentType={contentType}
            address={address}
            fallback={hex}
          />
        ) : mode === 'hex' ? (
          hex
        ) : mode === 'tree' && structure !== undefined && whole ? (
          <Suspense fallback={<Spinner label={viewsText.loading} />}>
            <TreeBody
              structure={structure}
              bytes={start.data}
              contentType={contentType}
              fallback={body.kind === 'text' ? text : hex}
            />
          </Suspense>
        ) : body.kind === 'binary' && mode === 'tree' ? (
          hex
        ) : (
          text
        )}
      </ViewBoundary>
    </div>
  );
}

function NoBody({ side, active }: { readonly side: BodySide; readonly active: boolean }) {
  const why = active
    ? viewsText.emptyWaiting
    : side === 'request'
      ? viewsText.emptyRequest
      : viewsText.emptyResponse;
  return <EmptyState title={viewsText.emptyTitle}>{why}</EmptyState>;
}
