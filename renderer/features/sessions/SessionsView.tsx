/** The Sessions view: filter, list, inspector. Where the window is too small for list and inspector side by side, one is under or over the other. */
import { ArrowLeft, PanelRight, Share } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { menuEntries } from '../../actions/entries.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { frameText } from '../../text/frame.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { BreakToggle } from '../breaks/BreakToggle.tsx';
import { INSPECTOR_ID } from '../frame/frame-actions.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { NoMatch, NoSessions } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { focusGrid } from './filter-actions.ts';
import { SessionGrid } from './SessionGrid.tsx';
import styles from './SessionsView.module.css';
import { usePaneLayout } from './use-pane-layout.ts';

const EXPORT_ITEMS = ['export.all', 'export.filtered', 'export.selected', 'separator', 'import.har'];

function Toolbar() {
  const app = useApp();
  const open = useSessions((state) => state.inspectorOpen);
  return (
    <>
      <Menu entries={() => menuEntries(app, EXPORT_ITEMS)}>
        <Button aria-label={sessionsText.exportMenu}>
          <Share size={14} aria-hidden="true" />
          <span className={styles.word}>{sessionsText.exportMenu}</span>
        </Button>
      </Menu>
      <BreakToggle />
      <IconButton
        label={open ? sessionActionText.hideInspector : sessionActionText.showInspector}
        shortcut="I"
        aria-pressed={open}
        onClick={() => void runAction(app, app.actions.get('view.inspector'))}
      >
        <PanelRight size={16} />
      </IconButton>
    </>
  );
}

function List() {
  const { loaded, total, matched, counting } = useSessions();
  return (
    <div className={styles.list}>
      <SessionGrid />
      {loaded && total === 0 ? (
        <div className={styles.over}>
          <NoSessions />
        </div>
      ) : null}
      {loaded && total > 0 && matched === 0 && !counting ? (
        <div className={styles.over}>
          <NoMatch total={total} />
        </div>
      ) : null}
    </div>
  );
}

function Details({ back }: { readonly back: boolean }) {
  const app = useApp();
  const backButton = useRef<HTMLButtonElement>(null);
  // What had the focus is covered now.
  useEffect(() => {
    if (back) backButton.current?.focus();
  }, [back]);
  const id = useSessions((state) => state.current?.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const inside = event.target instanceof Element && event.currentTarget.contains(event.target);
    // In an editor Esc closes its own widgets first.
    const widget = event.target instanceof Element && event.target.closest('.find-widget, .suggest-widget');
    if (event.key !== 'Escape' || event.defaultPrevented || !inside || widget) return;
    event.preventDefault();
    if (back) useSessions.getState().toggleInspector();
    focusGrid();
  };
  return (
    <div
      id={INSPECTOR_ID}
      role="group"
      aria-label={sessionsText.inspector}
      className={styles.details}
      onKeyDown={onKeyDown}
    >
      {back ? (
        <div className={styles.back}>
          <Button
            ref={backButton}
            size="small"
            variant="ghost"
            onClick={() => {
              void runAction(app, app.actions.get('view.inspector'));
              focusGrid();
            }}
          >
            <ArrowLeft size={14} aria-hidden="true" />
            {sessionsText.backToList}
          </Button>
        </div>
      ) : null}
      <Inspector id={id} />
    </div>
  );
}

export function SessionsView() {
  const { loaded, total, inspectorOpen, current } = useSessions();
  const layout = usePaneLayout();
  const open = inspectorOpen && !(loaded && total === 0);
  // One pane at a time: without a session there is nothing to come back from.
  const covered = layout === 'single' && open && current !== undefined;
  return (
    <section className={styles.view} aria-label={frameText.view.sessions}>
      <div className={styles.top}>
        <FilterBar />
        <Toolbar />
      </div>
      {layout === 'single' ? (
        <div className={styles.stack}>
          <div className={styles.list} inert={covered}>
            <List />
          </div>
          {covered ? (
            <div className={styles.cover}>
              <Details back />
            </div>
          ) : null}
        </div>
      ) : (
        <SplitPane
          key={layout}
          id={`sessions-${layout}`}
          direction={layout === 'beside' ? 'horizontal' : 'vertical'}
          first={<List />}
          second={open ? <Details back={false} /> : undefined}
          secondSize={layout === 'beside' ? '38%' : '50%'}
          minFirst={layout === 'beside' ? 420 : 140}
          minSecond={layout === 'beside' ? 360 : 160}
        />
      )}
    </section>
  );
}
