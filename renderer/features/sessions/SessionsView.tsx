/** The Sessions view: filter, list, inspector. Where the window is too small for list and inspector side by side, one is under or over the other. */
import { ArrowLeft, ChartColumn, ChartPie, PanelLeft, PanelRight, Share } from 'lucide-react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { menuEntries } from '../../actions/entries.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { isPanelShown, useDrawer } from '../../state/panels.ts';
import { usePreferences } from '../../state/preferences.ts';
import { isNarrow } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { frameText } from '../../text/frame.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { SidePane } from '../../ui/SidePane.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { BreakToggle } from '../breaks/BreakToggle.tsx';
import { INSPECTOR_ID } from '../frame/frame-actions.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { NoMatch, NoSessions } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { focusGrid } from './filter-actions.ts';
import { useAddingColumn } from './own-columns.ts';
import { PANEL_TEXT, TREE_ID, toggleTree } from './panel-actions.ts';
import { SessionGrid } from './SessionGrid.tsx';
import styles from './SessionsView.module.css';
import { usePaneLayout } from './use-pane-layout.ts';

const TabStrip = lazy(() => import('../tabs/TabStrip.tsx').then((m) => ({ default: m.TabStrip })));
const TreePanel = lazy(() => import('../tree/TreePanel.tsx').then((m) => ({ default: m.TreePanel })));
const ScopeLine = lazy(() => import('../tree/ScopeLine.tsx').then((m) => ({ default: m.ScopeLine })));
const Timeline = lazy(() => import('../timeline/Timeline.tsx').then((m) => ({ default: m.Timeline })));
const Statistics = lazy(() =>
  import('../statistics/Statistics.tsx').then((m) => ({ default: m.Statistics })),
);

const AddColumn = lazy(() => import('./AddColumn.tsx').then((m) => ({ default: m.AddColumn })));

const EXPORT_ITEMS = ['export.all', 'export.filtered', 'export.selected', 'separator', 'import.har'];

function Toolbar() {
  const app = useApp();
  const open = useSessions((state) => state.inspectorOpen);
  const statistics = useSessions((state) => state.statisticsOpen);
  const timeline = usePreferences((state) => isPanelShown('timeline', state));
  const run = (id: string) => () => void runAction(app, app.actions.get(id));
  return (
    <>
      <IconButton
        label={timeline ? PANEL_TEXT.timeline.hide : PANEL_TEXT.timeline.show}
        shortcut="Ctrl+Shift+L"
        aria-pressed={timeline}
        onClick={run('view.timeline')}
      >
        <ChartColumn size={16} />
      </IconButton>
      <IconButton
        label={statistics ? PANEL_TEXT.statistics.hide : PANEL_TEXT.statistics.show}
        shortcut="S"
        aria-pressed={statistics}
        onClick={run('view.statistics')}
      >
        <ChartPie size={16} />
      </IconButton>
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
        onClick={run('view.inspector')}
      >
        <PanelRight size={16} />
      </IconButton>
    </>
  );
}

function TreeToggle({ shown }: { readonly shown: boolean }) {
  return (
    <IconButton
      label={shown ? PANEL_TEXT.tree.hide : PANEL_TEXT.tree.show}
      shortcut="Ctrl+B"
      aria-pressed={shown}
      onClick={toggleTree}
    >
      <PanelLeft size={16} />
    </IconButton>
  );
}

const Tree = () => (
  <div id={TREE_ID} className={styles.tree}>
    <Suspense fallback={null}>
      <TreePanel />
    </Suspense>
  </div>
);

function List() {
  const empty = useSessions(({ loaded, total }) => loaded && total === 0);
  const timeline = usePreferences((state) => isPanelShown('timeline', state)) && !empty;
  return (
    <div className={styles.main}>
      {timeline ? (
        <Suspense fallback={<div className={styles.timelineRoom} />}>
          <Timeline />
        </Suspense>
      ) : null}
      <Rows />
    </div>
  );
}

function Rows() {
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
  const backButton = useRef<HTMLButtonElement>(null);
  // What had the focus is covered now.
  useEffect(() => {
    if (back) backButton.current?.focus();
  }, [back]);
  const id = useSessions((state) => state.current?.id);
  const statistics = useSessions((state) => state.statisticsOpen);
  const close = () => {
    const state = useSessions.getState();
    if (state.statisticsOpen) state.toggleStatistics();
    if (useSessions.getState().inspectorOpen) useSessions.getState().toggleInspector();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const inside = event.target instanceof Element && event.currentTarget.contains(event.target);
    // In an editor Esc closes its own widgets first.
    const widget = event.target instanceof Element && event.target.closest('.find-widget, .suggest-widget');
    if (event.key !== 'Escape' || event.defaultPrevented || !inside || widget) return;
    event.preventDefault();
    if (back) close();
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
              close();
              focusGrid();
            }}
          >
            <ArrowLeft size={14} aria-hidden="true" />
            {sessionsText.backToList}
          </Button>
        </div>
      ) : null}
      <Suspense fallback={null}>{statistics ? <Statistics /> : <Inspector id={id} />}</Suspense>
    </div>
  );
}

export function SessionsView() {
  const { loaded, total, inspectorOpen, statisticsOpen, current, scope } = useSessions();
  const layout = usePaneLayout();
  const wanted = usePreferences((state) => isPanelShown('tree', state));
  const drawer = useDrawer((state) => state.open);
  const empty = loaded && total === 0;
  const open = (inspectorOpen || statisticsOpen) && !empty;
  // One pane at a time: without a session there is nothing to come back from.
  const covered = layout === 'single' && open && (statisticsOpen || current !== undefined);
  const beside = layout === 'beside';
  const tree = beside ? wanted : drawer;
  const narrow = isNarrow(scope);
  const adding = useAddingColumn((state) => state.open);
  let body: ReactNode;
  if (layout === 'single')
    body = (
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
    );
  else
    body = (
      <SplitPane
        key={layout}
        id={`sessions-${layout}`}
        direction={beside ? 'horizontal' : 'vertical'}
        first={<List />}
        second={open ? <Details back={false} /> : undefined}
        secondSize={beside ? '38%' : '50%'}
        minFirst={beside ? 340 : 140}
        minSecond={beside ? 320 : 160}
      />
    );
  return (
    <section className={styles.view} aria-label={frameText.view.sessions}>
      <div className={styles.top}>
        <TreeToggle shown={tree} />
        <Suspense fallback={<span className={styles.tabsRoom} />}>
          <TabStrip />
        </Suspense>
        <FilterBar />
        <Toolbar />
      </div>
      <div className={styles.scope}>
        {narrow ? (
          <Suspense fallback={null}>
            <ScopeLine />
          </Suspense>
        ) : null}
      </div>
      {adding ? (
        <Suspense fallback={null}>
          <AddColumn />
        </Suspense>
      ) : null}
      <div className={styles.body}>
        <SidePane
          id="sessions-tree"
          size={224}
          min={160}
          max={420}
          {...(tree && beside ? { side: <Tree /> } : {})}
        >
          {body}
        </SidePane>
        {tree && !beside ? (
          <div className={styles.drawer}>
            <Tree />
          </div>
        ) : null}
      </div>
    </section>
  );
}
