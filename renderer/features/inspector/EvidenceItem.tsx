/** One place of evidence: the value read live from the session, in its context, and the way to it. The finding itself holds no value. */
import { useEffect, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { Evidence } from '#model/finding.ts';
import type { Session } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { useInspector } from '../../state/inspector.ts';
import { Button } from '../../ui/Button.tsx';
import { toast } from '../../ui/toast.ts';
import { HighlightedText } from '../../views/parts/HighlightedText.tsx';
import { type Excerpt, readExcerpt } from './excerpt.ts';
import { openSession } from './open-session.ts';
import panels from './panels.module.css';
import { inspectorText } from './text.ts';

export interface EvidenceItemProps {
  readonly session: Session;
  readonly evidence: Evidence;
  /** Also turns to the Sessions view. */
  readonly elsewhere?: boolean;
}

export function EvidenceItem({ session, evidence, elsewhere = false }: EvidenceItemProps) {
  const { rpc } = useApp();
  const showEvidence = useInspector((state) => state.showEvidence);
  const [excerpt, setExcerpt] = useState<Excerpt | undefined>(undefined);
  const { id } = session.row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a finished session's heads and bodies do not change
  useEffect(() => {
    let current = true;
    // An excerpt that cannot be read leaves the place and the button, which say enough.
    readExcerpt(rpc, session, evidence).then(
      (read) => current && setExcerpt(read),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [rpc, id, evidence]);
  return (
    <div className={panels.evidence}>
      <div className={panels.evidenceHead}>
        <span>
          {inspectorText.evidenceParts[evidence.part]}
          {evidence.message === undefined ? null : ` ${evidence.message + 1}`}
          {evidence.note ? ` · ${evidence.note}` : null}
        </span>
        <Button
          size="small"
          onClick={() => {
            showEvidence(id, evidence);
            if (elsewhere)
              openSession(rpc, id).catch((cause: unknown) =>
                toast(toSluiceError(cause).message, { tone: 'err' }),
              );
          }}
        >
          {elsewhere ? inspectorText.showInSession : inspectorText.show}
        </Button>
      </div>
      <pre className={panels.excerpt}>
        {excerpt ? (
          <HighlightedText text={excerpt.text} marks={[{ start: excerpt.start, end: excerpt.end }]} />
        ) : (
          '\u00a0'
        )}
      </pre>
    </div>
  );
}
