/** The window's frame: header, rail, the view shown, status bar. */
import { Globe, ListTree, PencilLine, ShieldAlert } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { useView, type ViewId } from '../../state/view.ts';
import { formatCount, formatRate, formatSize } from '../../text/format.ts';
import { frameText } from '../../text/frame.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirmations } from '../../ui/Confirmations.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SessionsView } from '../sessions/SessionsView.tsx';
import styles from './Frame.module.css';
import { setCapturing } from './frame-actions.ts';
import { HostFeed } from './HostFeed.tsx';

const Composer = lazy(() => import('../composer/Composer.tsx').then((m) => ({ default: m.Composer })));
const Findings = lazy(() => import('../findings/Findings.tsx').then((m) => ({ default: m.Findings })));
const Connect = lazy(() => import('../connect/Connect.tsx').then((m) => ({ default: m.Connect })));

const VIEWS: readonly (readonly [ViewId, ReactNode])[] = [
  ['sessions', <ListTree key="i" size={18} aria-hidden="true" />],
  ['composer', <PencilLine key="i" size={18} aria-hidden="true" />],
  ['findings', <ShieldAlert key="i" size={18} aria-hidden="true" />],
  ['connect', <Globe key="i" size={18} aria-hidden="true" />],
];
const SHOWN: Readonly<Record<ViewId, () => ReactNode>> = {
  sessions: () => <SessionsView />,
  composer: () => <Composer />,
  findings: () => <Findings />,
  connect: () => <Connect />,
};

function Header() {
  const app = useApp();
  const { info, status } = useHost();
  const show = useView((state) => state.show);
  const capturing = status?.capturing ?? true;
  return (
    <header className={styles.header}>
      <div className={styles.logo}>
        <img src="/icon.svg" alt="" width={20} height={20} />
        {frameText.product}
      </div>
      <Button aria-pressed={capturing} onClick={() => void setCapturing(app, !capturing)}>
        <i className={styles.dot} data-on={capturing ? '' : undefined} />
        {capturing ? frameText.capturing : frameText.paused}
        <Kbd keys="F12" />
      </Button>
      <code className={styles.chip} title={frameText.proxyAddress}>
        {info?.proxy ?? '…'}
      </code>
      <Button onClick={() => show('connect')}>{frameText.connect}</Button>
    </header>
  );
}

function Rail() {
  const view = useView((state) => state.view);
  const show = useView((state) => state.show);
  const findings = useHost((state) => state.status?.findings ?? 0);
  return (
    <nav className={styles.rail} aria-label={frameText.views}>
      {VIEWS.map(([id, icon]) => (
        <span key={id} className={styles.place}>
          <IconButton
            label={frameText.view[id]}
            side="right"
            aria-current={view === id ? 'page' : undefined}
            className={view === id ? styles.on : undefined}
            onClick={() => show(id)}
          >
            {icon}
          </IconButton>
          {id === 'findings' && findings > 0 ? (
            <em className={styles.badge}>{formatCount(findings)}</em>
          ) : null}
        </span>
      ))}
    </nav>
  );
}

function StatusBar() {
  const { connection, info, status } = useHost();
  const lost = connection.kind === 'lost' || connection.kind === 'closed';
  return (
    <footer className={styles.status}>
      {lost ? <b className={styles.lost}>{frameText.lost}</b> : null}
      <span>
        <b>{formatCount(status?.sessions ?? 0)}</b> {frameText.sessions}
      </span>
      <span>
        <b>{formatRate(status?.perSecond ?? 0)}</b>
        {frameText.perSecond}
      </span>
      <span>
        {frameText.memory} <b>{formatSize(status?.memoryBytes)}</b>
      </span>
      <span>
        {frameText.disk} <b>{formatSize(status?.diskBytes)}</b>
      </span>
      <span>
        <b>{formatCount(status?.findings ?? 0)}</b> {frameText.findings}
      </span>
      <span className={styles.grow} />
      <span title={info?.capture}>{info?.capture.split(/[\\/]/).at(-1)}</span>
    </footer>
  );
}

export function Frame() {
  const view = useView((state) => state.view);
  return (
    <div className={styles.frame}>
      <HostFeed />
      <Header />
      <Rail />
      <main className={styles.main}>
        <Suspense fallback={<Spinner label={frameText.loadingView} />}>{SHOWN[view]()}</Suspense>
      </main>
      <StatusBar />
      <Confirmations />
    </div>
  );
}
