/**
 * The menu of the selected sessions, made of the same actions as the keys and the palette. A right click opens it where the pointer is; the
 * Menu key and Shift+F10 open it beside the row under the cursor.
 */
import { type MouseEvent, useState } from 'react';
import { type MenuItem, menuEntries } from '../../actions/entries.ts';
import { useApp } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { compareActionText } from '../../text/compare.ts';
import { rulesText } from '../../text/rules.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { type Point, PointMenu } from '../../ui/Menu.tsx';
import { COMPARE_IDS } from '../compare/compare-actions.ts';
import { FILTER_BY_IDS } from './filter-actions.ts';
import { copyActionId, MORE_COPY_TARGETS } from './session-actions.ts';

const ITEMS: readonly MenuItem[] = [
  'sessions.inspect',
  'sessions.replay',
  'replay.unconditional',
  'replay.open',
  'sessions.edit',
  'rules.answer',
  { label: rulesText.ruleMenu, items: ['rules.fromRow', 'rules.block', 'rules.breakOn'] },
  'separator',
  'sessions.copyUrl',
  'sessions.copyCurl',
  'sessions.copyFetch',
  'sessions.copyMarkdown',
  'sessions.copyRows',
  { label: sessionActionText.copyMenu, items: MORE_COPY_TARGETS.map(({ id }) => copyActionId(id)) },
  'separator',
  'sessions.comment',
  { label: sessionActionText.markMenu, items: [1, 2, 3, 4, 5, 0].map((mark) => `sessions.mark${mark}`) },
  {
    label: sessionActionText.filterMenu,
    items: [...FILTER_BY_IDS.only, 'separator', ...FILTER_BY_IDS.without],
  },
  {
    label: sessionActionText.relatedMenu,
    items: ['sessions.parent', 'sessions.children', 'sessions.duplicates'],
  },
  { label: compareActionText.menu, items: COMPARE_IDS },
  'separator',
  'export.selected',
  'separator',
  'sessions.remove',
];

/** Beside the row's first letters. */
const INDENT = 72;

/** Where the row under the cursor stands; undefined when it is out of sight. */
function cursorPoint(grid: Element): Point | undefined {
  const { cursor } = useSessions.getState().selection;
  const row = document.getElementById(`session-row-${cursor}`);
  if (cursor < 0 || !row || !grid.contains(row)) return undefined;
  const { left, bottom } = row.getBoundingClientRect();
  return { x: left + INDENT, y: bottom };
}

/**
 * Where a menu asked for in the grid should open. `onRow` is told the row that was clicked: it is to be selected, unless it is part of the
 * selection.
 */
export function useRowMenu(onRow: (index: number) => void) {
  const [at, setAt] = useState<Point>();
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest('[role=columnheader]')) return;
    event.preventDefault();
    const row = target?.closest('[data-index]');
    if (row instanceof HTMLElement) {
      onRow(Number(row.dataset.index));
      setAt({ x: event.clientX, y: event.clientY });
      // From the keyboard it is the grid's, which has the focus.
    } else if (target === event.currentTarget) setAt(cursorPoint(event.currentTarget));
  };
  return { at, onContextMenu, onClose: () => setAt(undefined) };
}

export interface RowMenuProps {
  readonly at: Point | undefined;
  readonly onClose: () => void;
}

export function RowMenu({ at, onClose }: RowMenuProps) {
  const app = useApp();
  return (
    <PointMenu
      label={sessionsText.rowMenu}
      at={at}
      entries={() => menuEntries(app, ITEMS)}
      onClose={onClose}
    />
  );
}
