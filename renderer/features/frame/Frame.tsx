/** The window: header, rail, the view shown, status bar, and what opens over them. */
import { TriangleAlert } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useExporting } from '../../state/exporting.ts';
import { useFiles } from '../../state/files.ts';
import { useHost } from '../../state/host.ts';
import { useReplaying } from '../../state/replaying.ts';
import { useView, type ViewId } from '../../state/view.ts';
import { frameText } from '../../text/frame.ts';
import { Confirmations } from '../../ui/Confirmations.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { ViewBoundary } from '../../views/parts/ViewBoundary.tsx';
import { BreakFeed } from '../breaks/BreakFeed.tsx';
import { BreakNotice } from '../breaks/BreakNotice.tsx';
import { Palette } from '../palette/Palette.tsx';
import { CommentDialog } from '../sessions/CommentDialog.tsx';
import { SessionsView } from '../sessions/SessionsView.tsx';
import { DropZone } from '../transfer/DropZone.tsx';
import { ConnectionNotice, Unreachable } from './ConnectionNotice.tsx';
import styles from './Frame.module.css';
import { Header } from './Header.tsx';
import { HostFeed } from './HostFeed.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';

const SearchView = lazy(() => import('../search/SearchView.tsx').then((m) => ({ default: m.SearchView })));
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
const Shortcuts = lazy(() => import('../help/Shortcuts.tsx').then((m) => ({ default: m.Shortcuts })));

const SHOWN: Readonly<Record<ViewId, () => ReactNode>> = {
  sessions: () => <SessionsView />,
  search: () => <SearchView />,
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
      {panel === 'palette' ? <Palette /> : null}
      {panel === 'shortcuts' ? (
        <Suspense fallback={null}>
          <Shortcuts />
        </Suspense>
      ) : null}
      <CommentDialog />
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
      <Confirmations />
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

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Spinner label={frameText.loadingView} />
    </div>
  );
}
