/** The bodies of one side of both exchanges: by structure, as text, byte by byte. */
import { useMemo, useState } from 'react';
import { headerValue } from '#model/headers.ts';
import type { BodySide } from '#model/session.ts';
import { useCompare } from '../../state/compare.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import styles from './Compare.module.css';
import { FieldGroups } from './FieldGroups.tsx';
import type { FieldRow } from './field-rows.ts';
import { HexDiff } from './HexDiff.tsx';
import type { TypedBody } from './protocol.ts';
import type { ReadCall } from './read-call.ts';
import { TextDiff } from './TextDiff.tsx';
import { compareText } from './text.ts';
import type { Pair } from './use-pair.ts';

type Mode = 'structure' | 'text' | 'hex';

function bodyOf({ session, requestBody, responseBody }: ReadCall, side: BodySide): TypedBody {
  const headers = (side === 'request' ? session.request : session.response)?.head.headers ?? [];
  return {
    bytes: side === 'request' ? requestBody : responseBody,
    contentType: headerValue(headers, 'content-type'),
  };
}

export interface BodyPanelProps {
  readonly pair: Pair;
  readonly rows: readonly FieldRow[];
  readonly strict: boolean;
}

export function BodyPanel({ pair, rows, strict }: BodyPanelProps) {
  const onlyDifferences = useCompare((state) => state.onlyDifferences);
  const [side, setSide] = useState<BodySide>('response');
  const [mode, setMode] = useState<Mode>('structure');
  const [a, b] = useMemo(() => [bodyOf(pair.a, side), bodyOf(pair.b, side)] as const, [pair, side]);
  const none = a.bytes.length + b.bytes.length === 0;
  return (
    <div className={styles.body}>
      <div className={styles.bar}>
        <Segmented
          label={compareText.bodySide}
          value={side}
          options={[
            { value: 'request', label: compareText.request },
            { value: 'response', label: compareText.response },
          ]}
          onChange={setSide}
        />
        <Segmented
          label={compareText.mode}
          value={mode}
          options={[
            { value: 'structure', label: compareText.structure },
            { value: 'text', label: compareText.text },
            { value: 'hex', label: compareText.hex },
          ]}
          onChange={setMode}
        />
      </div>
      {none ? (
        <EmptyState title={compareText.noBodies} />
      ) : mode === 'structure' ? (
        <FieldGroups
          rows={rows}
          strict={strict}
          onlyDifferences={onlyDifferences}
          groups={[side === 'request' ? 'requestBody' : 'responseBody']}
        />
      ) : mode === 'text' ? (
        <TextDiff a={a} b={b} onlyDifferences={onlyDifferences} />
      ) : (
        <HexDiff a={a.bytes} b={b.bytes} onlyDifferences={onlyDifferences} />
      )}
    </div>
  );
}
