/** The views, one button each; Settings stands apart at the bottom. */
import { keysOf } from '../../actions/keys.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { useView, VIEWS, type ViewId } from '../../state/view.ts';
import { frameText } from '../../text/frame.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { VIEW_ICONS } from './frame-actions.ts';
import styles from './Rail.module.css';

export function Rail() {
  const findings = useHost((state) => state.status?.findings ?? 0);
  return (
    <nav className={styles.rail} aria-label={frameText.views}>
      {VIEWS.map((view) => (
        <span key={view} className={cx(styles.place, view === 'settings' && styles.last)}>
          <Place view={view} findings={view === 'findings' ? findings : 0} />
          {view === 'findings' && findings > 0 ? (
            <em className={styles.badge} aria-hidden="true">
              {frameText.findingsBadge(findings)}
            </em>
          ) : null}
        </span>
      ))}
    </nav>
  );
}

function Place({ view, findings }: { readonly view: ViewId; readonly findings: number }) {
  const app = useApp();
  const on = useView((state) => state.view === view);
  const Icon = VIEW_ICONS[view];
  const action = app.actions.get(`view.${view}`);
  return (
    <IconButton
      label={findings > 0 ? frameText.viewWithFindings(findings) : frameText.view[view]}
      shortcut={keysOf(action)[0]}
      side="right"
      aria-current={on ? 'page' : undefined}
      className={cx(styles.button, on && styles.on)}
      onClick={() => void runAction(app, action)}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
    </IconButton>
  );
}
