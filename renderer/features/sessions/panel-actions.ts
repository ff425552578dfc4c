/** Showing and hiding what stands around the list: the tree, the timeline, the statistics. */
import { ChartColumn, ChartPie, Columns3, PanelLeft } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { isPanelShown, type PanelId, togglePanel, useDrawer } from '../../state/panels.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { focusSoon } from '../../ui/focus.ts';
import { focusGrid } from './filter-actions.ts';
import { useAddingColumn } from './own-columns.ts';
import { paneLayout } from './use-pane-layout.ts';

export const TREE_ID = 'session-tree';
export const STATISTICS_ID = 'session-statistics';

export const PANEL_TEXT = {
  tree: { show: 'Show the hosts', hide: 'Hide the hosts' },
  timeline: { show: 'Show the timeline', hide: 'Hide the timeline' },
  statistics: { show: 'Show statistics', hide: 'Hide statistics' },
} as const;

/** Where there is no room beside the list, the tree lies over it. */
export const isTreeShown = (): boolean =>
  paneLayout() === 'beside' ? isPanelShown('tree', usePreferences.getState()) : useDrawer.getState().open;

export function toggleTree(): void {
  if (paneLayout() === 'beside') togglePanel('tree');
  else useDrawer.setState(({ open }) => ({ open: !open }));
  if (isTreeShown()) focusSoon(`#${TREE_ID} [role=tree]`);
  else focusGrid();
}

const words = (panel: PanelId | 'statistics', shown: () => boolean) => () =>
  shown() ? PANEL_TEXT[panel].hide : PANEL_TEXT[panel].show;
const showSessions = () => useView.getState().show('sessions');
const timelineShown = () => isPanelShown('timeline', usePreferences.getState());

export const PANEL_ACTIONS: readonly Action[] = [
  {
    id: 'view.addColumn',
    label: 'Add a column…',
    group: 'view',
    icon: Columns3,
    keywords: ['header', 'cookie', 'query', 'json', 'custom'],
    run: () => {
      showSessions();
      useAddingColumn.setState({ open: true });
    },
  },
  {
    id: 'view.tree',
    label: words('tree', isTreeShown),
    group: 'view',
    shortcuts: ['Ctrl+B'],
    icon: PanelLeft,
    keywords: ['tree', 'paths', 'structure', 'sidebar', 'noise', 'focus'],
    run: () => {
      showSessions();
      toggleTree();
    },
  },
  {
    id: 'view.timeline',
    label: words('timeline', timelineShown),
    group: 'view',
    shortcuts: ['Ctrl+Shift+L'],
    icon: ChartColumn,
    keywords: ['chart', 'requests over time', 'zoom'],
    run: () => {
      showSessions();
      togglePanel('timeline');
    },
  },
  {
    id: 'view.statistics',
    label: words('statistics', () => useSessions.getState().statisticsOpen),
    group: 'view',
    shortcuts: ['S'],
    icon: ChartPie,
    keywords: ['percentiles', 'p95', 'bytes', 'count', 'slow'],
    run: () => {
      showSessions();
      useSessions.getState().toggleStatistics();
    },
  },
];
