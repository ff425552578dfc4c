/** The window: header, rail, the view shown, status bar, and what opens over them. */
import { TriangleAlert } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { useExporting } from '../../state/exporting.ts';
import { useFiles } from '../../state/files.ts';
import { useHost } from '../../state/host.ts';
import { useReplaying } from '../../state/replaying.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView, type ViewId } from '../../state/view.ts';
import { frameText } from '../../text/frame.ts';
import { useConfirmation } from '../../ui/confirm.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { preloadable } from '../../ui/preloadable.ts';
import { ViewBoundary } from '../../views/parts/ViewBoundary.tsx';
import { BreakFeed } from '../breaks/BreakFeed.tsx';
import { BreakNotice } from '../breaks/BreakNotice.tsx';
import { SessionsView } from '../sessions/SessionsView.tsx';
import { DropZone } from '../transfer/DropZone.tsx';
import { ConnectionNotice, Unreachable } from './ConnectionNotice.tsx';
import styles from './Frame.module.css';
import { Header } from './Header.tsx';
import { HostFeed } from './HostFeed.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';

const SearchView = lazy(() => import('../search/SearchView.tsx').then((m) => ({ default: m.SearchView })));
const CompareView = lazy(() =>
  import('../compare/CompareView.tsx').then((m) => ({ default: m.CompareView })),
);
const Composer = lazy(() => import('../composer/Composer.tsx').then((m) => ({ default: m.Composer })));
const Rules = lazy(() => import('../rules/Rules.tsx').then((m) => ({ default: m.Rules })));
const Findings = lazy(() => import('../findings/Findings.tsx').then((m) => ({ default: m.Findings })));
const Connect = lazy(() => import('../connect/Connect.tsx').then((m) => ({ default: m.Connect })));
const Settings = lazy(() => import('../settings/Settings.tsx').then((m) => ({ default: m.Settings })));
const ExportDialog = lazy(() =>
  import('../transfer/ExportDialog.tsx').then((m) => ({ default: m.ExportDialog })),
);
const ReplayDialog = lazy(() =>
  import('../replay/ReplayDialog.tsx').then((m) => ({ default: m.ReplayDialog })),
);
const LossDialog = lazy(() => import('../transfer/LossDialog.tsx').then((m) => ({ default: m.LossDialog })));
const PasswordDialog = lazy(() =>
  import('../transfer/PasswordDialog.tsx').then((m) => ({ default: m.PasswordDialog })),
);
const palette = preloadable(async () => (await import('../palette/Palette.tsx')).Palette);
const comment = preloadable(async () => (await import('../sessions/CommentDialog.tsx')).CommentDialog);
const questions = preloadable(async () => (await import('../../ui/Confirmations.tsx')).Confirmations);
const Shortcuts = lazy(() => import('../help/Shortcuts.tsx').then((m) => ({ default: m.Shortcuts })));

const SHOWN: Readonly<Record<ViewId, () => ReactNode>> = {
  sessions: () => <SessionsView />,
  search: () => <SearchView />,
  compare: () => <CompareView />,
  composer: () => <Composer />,
  rules: () => <Rules />,
  findings: () => <Findings />,
  connect: () => <Connect />,
  settings: () => <Settings />,
};
const MAIN_ID = 'view';

export function Frame() {
  const view = useView((state) => state.view);
  const panel = useView((state) => state.panel);
  const exporting = useExporting((state) => state.what !== undefined);
  const replaying = useReplaying((state) => state.ids !== undefined);
  const overFiles = useFiles(({ asked, losses }) => asked !== undefined || losses !== undefined);
  const commenting = useSessions((state) => state.commenting !== undefined);
  // Once there it stays: what it asked fades out.
  const asked = useOnce(useConfirmation((state) => state.question !== undefined));
  const never = useHost(({ connection }) => connection.kind === 'lost' && !connection.everOpen);
  const failed = (
    <EmptyState icon={<TriangleAlert size={20} />} title={frameText.failedTitle}>
      {frameText.failedText}
    </EmptyState>
  );
  return (
    <div className={styles.frame}>
      <a href={`#${MAIN_ID}`} className={styles.skip}>
        {frameText.skip}
      </a>
      <HostFeed />
      <BreakFeed />
      <Header />
      <Rail />
      <main id={MAIN_ID} tabIndex={-1} className={styles.main}>
        <ConnectionNotice />
        <BreakNotice />
        <div className={styles.view}>
          <ViewBoundary resetKey={view} fallback={failed}>
            <Suspense fallback={<Waiting />}>{never ? <Unreachable /> : SHOWN[view]()}</Suspense>
          </ViewBoundary>
        </div>
      </main>
      <StatusBar />
      <Suspense fallback={null}>
        {panel === 'palette' ? <palette.Component /> : null}
        {panel === 'shortcuts' ? <Shortcuts /> : null}
        {commenting ? <comment.Component /> : null}
        {asked ? <questions.Component /> : null}
      </Suspense>
      {exporting ? (
        <Suspense fallback={null}>
          <ExportDialog />
        </Suspense>
      ) : null}
      {replaying ? (
        <Suspense fallback={null}>
          <ReplayDialog />
        </Suspense>
      ) : null}
      <DropZone />
      {overFiles ? (
        <Suspense fallback={null}>
          <PasswordDialog />
          <LossDialog />
        </Suspense>
      ) : null}
    </div>
  );
}

/** True from when `now` was true for the first time. */
function useOnce(now: boolean): boolean {
  const was = useRef(false);
  if (now) was.current = true;
  return was.current;
}

/** What opens over the window, fetched ahead: it answers to keys, which wait for nobody. */
export function preloadPanels(): void {
  for (const panel of [palette, comment, questions]) panel.preload();
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Spinner label={frameText.loadingView} />
    </div>
  );
}
