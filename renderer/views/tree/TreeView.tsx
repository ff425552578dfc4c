/** A tree of any size: rows drawn as they come into sight, moved through by the keys of the WAI-ARIA tree pattern, with find and copy. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, ChevronUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { useApp } from '../../app.ts';
import { commonText } from '../../text/common.ts';
import { cx } from '../../ui/cx.ts';
import { Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { type MenuEntry, type Point, PointMenu } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import { Visible } from '../parts/Visible.tsx';
import styles from './TreeView.module.css';
import { treeText } from './text.ts';
import { jsonPath, type TreeNode } from './tree-node.ts';
import type { TreeRow } from './tree-rows.ts';
import { type TreeState, useTree } from './use-tree.ts';

const ROW_HEIGHT = 22;
const INDENT = 16;
/** Rows that one scroller can hold: browsers cap an element's height. */
const MOST_ROWS = 700_000;
/** Of a long string, what is drawn in its row. */
const SHOWN = 400;
const PAGE_ROWS = 15;
const PREVIEW = 80;

export interface TreeViewProps {
  readonly root: TreeNode;
  readonly label: string;
}

/** Remount for another root: what is open belongs to one. */
export function TreeView({ root, label }: TreeViewProps) {
  const tree = useTree(root);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [menu, setMenu] = useState<{ at: Point; row: TreeRow } | undefined>(undefined);
  const virtual = useVirtualizer({
    count: Math.min(tree.rows.length, MOST_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  useEffect(() => {
    if (tree.at >= 0) virtual.scrollToIndex(tree.at);
  }, [tree.at, virtual]);

  const openMenu = (event: MouseEvent, row: TreeRow | undefined, at: Point) => {
    event.preventDefault();
    if (row === undefined) return;
    tree.setCursor(row.place);
    setMenu({ at, row });
  };
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    // From the keyboard it is the tree's, which has the focus: beside the row under the cursor.
    const row = document.getElementById(`${id}-${tree.cursor}`);
    if (event.target !== event.currentTarget || row === null) return;
    const { left, bottom } = row.getBoundingClientRect();
    openMenu(event, tree.rows[tree.at], { x: left + 40, y: bottom });
  };

  return (
    <div className={styles.root}>
      <FindBar tree={tree} />
      <div
        ref={scroller}
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={`${id}-${tree.cursor}`}
        className={styles.tree}
        onKeyDown={(event) => onKey(event, tree)}
        onContextMenu={onContextMenu}
      >
        <div role="none" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = tree.rows[index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree moves its cursor by keys
              <div
                key={row.place}
                id={`${id}-${row.place}`}
                role="treeitem"
                tabIndex={-1}
                aria-level={row.level}
                aria-posinset={row.position}
                aria-setsize={row.siblings}
                aria-selected={row.place === tree.cursor}
                {...(row.node.children ? { 'aria-expanded': row.open } : {})}
                className={cx(
                  styles.row,
                  row.place === tree.cursor && styles.active,
                  tree.hits.has(row.place) && styles.hit,
                )}
                style={{ transform: `translateY(${start}px)`, paddingLeft: (row.level - 1) * INDENT + 8 }}
                onClick={() => {
                  tree.setCursor(row.place);
                  tree.toggle(row);
                }}
                onContextMenu={(event) => openMenu(event, row, { x: event.clientX, y: event.clientY })}
              >
                <RowContent node={row.node} open={row.open} />
              </div>
            );
          })}
        </div>
      </div>
      <RowMenu tree={tree} menu={menu} onClose={() => setMenu(undefined)} />
    </div>
  );
}

type KeyAction = (tree: TreeState, row: TreeRow | undefined) => void;
const toggle: KeyAction = (tree, row) => row && tree.toggle(row);
const KEYS: ReadonlyMap<string, KeyAction> = new Map<string, KeyAction>([
  ['ArrowDown', (tree) => tree.move(tree.at + 1)],
  ['ArrowUp', (tree) => tree.move(tree.at - 1)],
  ['PageDown', (tree) => tree.move(tree.at + PAGE_ROWS)],
  ['PageUp', (tree) => tree.move(tree.at - PAGE_ROWS)],
  ['Home', (tree) => tree.move(0)],
  ['End', (tree) => tree.move(tree.rows.length - 1)],
  ['ArrowRight', (tree) => tree.across('in')],
  ['ArrowLeft', (tree) => tree.across('out')],
  ['Enter', toggle],
  [' ', toggle],
  ['*', (tree, row) => row && tree.openBelow(row)],
]);

function onKey(event: KeyboardEvent, tree: TreeState): void {
  const action = KEYS.get(event.key);
  if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action(tree, tree.rows[tree.at]);
}

/** The beginning of what is inside a closed container. */
function preview(source: string): string {
  const flat = source.slice(0, PREVIEW * 4).replace(/\s+/g, ' ');
  return flat.length > PREVIEW ? `${flat.slice(0, PREVIEW)}…` : flat;
}

function RowContent({ node, open }: { readonly node: TreeNode; readonly open: boolean }) {
  const { key, kind, text, count, children } = node;
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const container = kind === 'object' || kind === 'array';
  return (
    <>
      <span className={styles.twisty} aria-hidden="true">
        {children ? <ChevronRight size={12} /> : null}
      </span>
      {key === undefined ? null : (
        <>
          <span className={cx(styles.key, typeof key === 'number' && styles.index)}>
            <Visible text={String(key)} />
          </span>
          <span className={styles.colon}>:</span>
        </>
      )}
      {container && (open || !node.source) ? (
        <span className={styles[kind]}>{kind === 'object' ? '{}' : '[]'}</span>
      ) : null}
      {shown === '' && container ? null : (
        <span className={cx(styles.value, styles[container ? 'string' : kind])}>
          {kind === 'string' ? '"' : ''}
          <Visible text={shown} />
          {kind === 'string' ? '"' : ''}
        </span>
      )}
      {container && !open && node.source ? (
        <span className={styles.closed}>
          <Visible text={preview(node.source())} />
        </span>
      ) : null}
      {count === undefined ? null : <span className={styles.count}>{treeText.count(kind, count)}</span>}
    </>
  );
}

function FindBar({ tree }: { readonly tree: TreeState }) {
  const { places, cut } = tree.found;
  return (
    <search className={styles.find}>
      <Input
        className={styles.field}
        aria-label={treeText.find}
        placeholder={treeText.find}
        value={tree.wanted}
        onChange={(event) => tree.find(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tree.step(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape' && tree.wanted !== '') {
            event.stopPropagation();
            tree.find('');
          }
        }}
      />
      {tree.wanted === '' ? null : (
        <>
          <span className={styles.found} role="status">
            {places.length === 0 ? treeText.none : treeText.found(tree.hitAt + 1, places.length, cut)}
          </span>
          <IconButton
            label={treeText.previous}
            size="small"
            disabled={places.length === 0}
            onClick={() => tree.step(-1)}
          >
            <ChevronUp size={14} />
          </IconButton>
          <IconButton
            label={treeText.next}
            size="small"
            disabled={places.length === 0}
            onClick={() => tree.step(1)}
          >
            <ChevronDown size={14} />
          </IconButton>
        </>
      )}
    </search>
  );
}

interface RowMenuProps {
  readonly tree: TreeState;
  readonly menu: { readonly at: Point; readonly row: TreeRow } | undefined;
  readonly onClose: () => void;
}

function RowMenu({ tree, menu, onClose }: RowMenuProps) {
  const { platform } = useApp();
  const copy = (id: string, label: string, text: () => string): MenuEntry => ({
    id,
    label,
    onSelect: () => void platform.copyText(text()).then(() => toast(commonText.copied, { tone: 'ok' })),
  });
  const entries = (): readonly MenuEntry[] => {
    if (menu === undefined) return [];
    const { row } = menu;
    const { node } = row;
    return [
      copy('value', treeText.copyValue, () => node.source?.() ?? node.text),
      copy('path', treeText.copyPath, () => jsonPath(tree.keys(row.place))),
      ...(typeof node.key === 'string' ? [copy('key', treeText.copyKey, () => String(node.key))] : []),
      'separator',
      ...(node.children
        ? [
            { id: 'open', label: treeText.openAll, onSelect: () => tree.openBelow(row) },
            { id: 'close', label: treeText.closeAll, onSelect: () => tree.closeBelow(row) },
          ]
        : []),
    ];
  };
  return <PointMenu label={treeText.menu} at={menu?.at} entries={entries} onClose={onClose} />;
}
