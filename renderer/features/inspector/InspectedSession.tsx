/** Everything known about one session: what it is at the top, the parts of it as tabs. Follows the session while it runs. */
import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Finding } from '#model/finding.ts';
import type { Session, SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { useInspector } from '../../state/inspector.ts';
import { useLiveRow } from '../../state/sessions.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import styles from './Inspector.module.css';
import { InspectorHeader } from './InspectorHeader.tsx';
import { OverflowTabs } from './OverflowTabs.tsx';
import { TabPanel } from './TabPanel.tsx';
import { tabShown, tabsOf } from './tabs.ts';
import { inspectorText } from './text.ts';

export function InspectedSession({ id }: { readonly id: SessionId }) {
  const { data: newest, error } = useStream('sessions.get', { id });
  const session = useLiveRow(useHeld(newest));
  const asked = useInspector((state) => state.tab);
  const showTab = useInspector((state) => state.showTab);
  const known = session?.row.findings ?? 0;
  const found = useFindings(session?.row.id, known);

  if (!session || (error && !newest))
    return error ? (
      <EmptyState icon={<Unplug size={20} />} title={inspectorText.goneTitle}>
        {error.code === 'not-found' ? inspectorText.gone : error.message}
      </EmptyState>
    ) : (
      <div className={styles.loading}>
        <Spinner label={inspectorText.loading} />
      </div>
    );
  const tabs = tabsOf(session, known);
  const shown = tabShown(tabs, asked);
  return (
    <section
      className={styles.root}
      aria-label={`${session.row.method} ${session.row.path}`}
      aria-busy={newest === undefined}
    >
      <InspectorHeader session={session} />
      <OverflowTabs tabs={tabs} value={shown} onChange={showTab}>
        {(tab) => <TabPanel key={`${session.row.id} ${tab}`} tab={tab} session={session} findings={found} />}
      </OverflowTabs>
    </section>
  );
}

/** A session that takes longer to read than this is waited for in sight of the user, in ms. */
const PATIENCE = 200;

/** The session, or for a moment the one before it, so that going through the list with the arrow keys does not make the inspector blink. */
function useHeld(session: Session | undefined): Session | undefined {
  const [held, setHeld] = useState<Session | undefined>(undefined);
  useEffect(() => {
    if (session) return setHeld(session);
    const timer = setTimeout(() => setHeld(undefined), PATIENCE);
    return () => clearTimeout(timer);
  }, [session]);
  return session ?? held;
}

const NONE: never[] = [];

/** Asks again when the number of findings changes: that is when the checks have looked at the session. */
function useFindings(id: SessionId | undefined, known: number): readonly Finding[] {
  const { rpc } = useApp();
  const [held, setHeld] = useState<{ readonly id: SessionId; readonly findings: readonly Finding[] }>();
  useEffect(() => {
    if (id === undefined || known === 0) return;
    let current = true;
    rpc.call('sessions.findings', { id }).then(
      ({ findings }) => current && setHeld({ id, findings }),
      // The count stays in sight; the next change asks again.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [rpc, id, known]);
  return held !== undefined && held.id === id && known > 0 ? held.findings : NONE;
}
