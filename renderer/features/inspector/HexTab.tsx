/** The body of either side byte by byte, as it was captured: compressed if it was sent so. */
import { useMemo, useState } from 'react';
import type { BodySide, Session } from '#model/session.ts';
import { formatSize } from '../../text/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { BodyRef } from '../../views/body/body-ranges.ts';
import { HexView } from '../../views/hex/HexView.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { viewsText } from '../../views/text.ts';
import panels from './panels.module.css';
import { SIDES } from './RawTab.tsx';
import { inspectorText } from './text.ts';

export function HexTab({ session }: { readonly session: Session }) {
  const { id } = session.row;
  const responseSize = session.response?.body.size ?? 0;
  const [side, setSide] = useState<BodySide>(
    responseSize === 0 && session.request.body.size > 0 ? 'request' : 'response',
  );
  const size = side === 'request' ? session.request.body.size : responseSize;
  const source = useMemo<BodyRef>(() => ({ id, side, decoded: false }), [id, side]);
  return (
    <div className={panels.column}>
      <div className={panels.bar}>
        <Segmented label={inspectorText.side} value={side} options={SIDES} onChange={setSide} />
        <span className={panels.barText}>{formatSize(size)}</span>
      </div>
      {size === 0 ? (
        <EmptyState title={viewsText.emptyTitle}>
          {side === 'request' ? viewsText.emptyRequest : viewsText.emptyResponse}
        </EmptyState>
      ) : (
        <HexView key={`${side} ${size}`} total={size} source={source} label={inspectorText.hexLabel} />
      )}
    </div>
  );
}
