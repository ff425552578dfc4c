/** Where a session is inspected: it says when none is selected, and fetches what shows one when the first is. */
import { MousePointerClick } from 'lucide-react';
import { Suspense } from 'react';
import type { SessionId } from '#model/session.ts';
import { inspectorFrameText } from '../../text/inspector.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { preloadable } from '../../ui/preloadable.ts';
import styles from './Inspector.module.css';

const inspected = preloadable(async () => (await import('./InspectedSession.tsx')).InspectedSession);

/** Fetches ahead what the first selected session needs. */
export const preloadInspector = (): void => inspected.preload();

export interface InspectorProps {
  /** Undefined: nothing is selected. */
  readonly id: SessionId | undefined;
}

export function Inspector({ id }: InspectorProps) {
  if (id === undefined)
    return (
      <EmptyState icon={<MousePointerClick size={20} />} title={inspectorFrameText.nothingTitle}>
        {inspectorFrameText.nothing}
      </EmptyState>
    );
  const waiting = (
    <div className={styles.loading}>
      <Spinner label={inspectorFrameText.loading} />
    </div>
  );
  return (
    <Suspense fallback={waiting}>
      <inspected.Component id={id} />
    </Suspense>
  );
}
