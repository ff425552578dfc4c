/** Hosts and paths as a tree of WAI-ARIA's pattern: a click narrows the list to a place, Ctrl adds one, the menu does the rest. */
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type BranchLevel, type BranchRef, MOST_OPEN } from '#model/contract/tree.ts';
import { onlyPlace, samePlace, withPlace } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { formatCount } from '../../text/format.ts';
import { cx } from '../../ui/cx.ts';
import type { Point } from '../../ui/Menu.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { PlaceMenu } from './PlaceMenu.tsx';
import styles from './TreePanel.module.css';
import { treeText } from './text.ts';
import { closed, opened, placeKey, type TreeRow, treeMove, treeRows } from './tree-rows.ts';

const PAGE_ROWS = 12;
const INDENT = 14;
/** Rows that are drawn: more nobody reads, and the menu's filter finds the others. */
const MOST_ROWS = 2000;

export interface PlaceTreeProps {
  readonly levels: readonly BranchLevel[];
  readonly counting: boolean;
  readonly loaded: boolean;
}

const nameOf = ({ branch: { name }, level }: TreeRow) => {
  if (level === 1) return name === '' ? treeText.noHost : name;
  return `/${name}`;
};

export function PlaceTree({ levels, counting, loaded }: PlaceTreeProps) {
  const { open, setOpen, scope, setScope } = useSessions();
  const id = useId();
  const [cursor, setCursor] = useState<BranchRef>();
  const [menu, setMenu] = useState<{ at: Point; place: BranchRef }>();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(levels, open).slice(0, MOST_ROWS), [levels, open]);
  const at = cursor && rows.some(({ place }) => samePlace(place, cursor)) ? cursor : rows[0]?.place;
  const domId = (place: BranchRef) => `${id}-${placeKey(place)}`;
  const key = at && domId(at);
  useEffect(() => {
    if (key && tree.current?.contains(document.activeElement))
      document.getElementById(key)?.scrollIntoView({ block: 'nearest' });
  }, [key]);

  const show = (place: BranchRef) => setOpen(opened(open, place).slice(-MOST_OPEN));
  const choose = (place: BranchRef, more: boolean) => {
    setCursor(place);
    setScope(more ? withPlace(scope, 'include', place) : onlyPlace(scope, place));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && at) choose(at, event.ctrlKey);
    else if ((event.key === 'Delete' || event.key === '-') && at) setScope(withPlace(scope, 'exclude', at));
    else {
      const move = event.ctrlKey ? undefined : treeMove(event.key, rows, at, PAGE_ROWS);
      if (move === undefined) return;
      if ('to' in move) setCursor(move.to);
      else if ('open' in move) show(move.open);
      else setOpen(closed(open, move.close));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const openMenu = (event: MouseEvent, place: BranchRef | undefined) => {
    event.preventDefault();
    event.stopPropagation();
    if (place === undefined) return;
    setCursor(place);
    const { left, bottom } = document.getElementById(domId(place))?.getBoundingClientRect() ?? {
      left: 0,
      bottom: 0,
    };
    const fromKeys = event.target === event.currentTarget && event.currentTarget === tree.current;
    setMenu({ place, at: fromKeys ? { x: left + 24, y: bottom } : { x: event.clientX, y: event.clientY } });
  };

  const more = levels[0]?.more ?? 0;
  return (
    <section className={cx(styles.section, styles.grow)}>
      <h2 className={styles.heading}>
        {treeText.hosts}
        {counting ? <span className={styles.state}>{treeText.counting}</span> : null}
      </h2>
      {loaded && rows.length === 0 ? <p className={styles.empty}>{treeText.empty}</p> : null}
      <div
        ref={tree}
        role="tree"
        tabIndex={0}
        aria-label={treeText.panel}
        aria-multiselectable="true"
        aria-activedescendant={key}
        className={styles.tree}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => openMenu(event, at)}
      >
        {rows.map((row) => {
          const { place, branch, level, open: isOpen } = row;
          const included = scope.include.some((one) => samePlace(one, place));
          const excluded = scope.exclude.some((one) => samePlace(one, place));
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
            <div
              key={placeKey(place)}
              id={domId(place)}
              role="treeitem"
              tabIndex={-1}
              aria-level={level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-selected={included}
              {...(branch.inner ? { 'aria-expanded': isOpen } : {})}
              className={cx(
                styles.row,
                included && styles.included,
                excluded && styles.excluded,
                at && samePlace(place, at) && styles.cursor,
              )}
              style={{ paddingLeft: 4 + (level - 1) * INDENT }}
              title={nameOf(row)}
              onClick={(event) => choose(place, event.ctrlKey || event.metaKey)}
              onContextMenu={(event) => openMenu(event, place)}
            >
              <span
                className={cx(styles.twisty, isOpen && styles.open)}
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation();
                  setCursor(place);
                  if (isOpen) setOpen(closed(open, place));
                  else if (branch.inner) show(place);
                }}
              >
                {branch.inner ? <ChevronRight size={13} /> : null}
              </span>
              <span className={styles.name}>
                <Visible text={nameOf(row)} />
              </span>
              {branch.severity && branch.findings > 0 ? (
                <SeverityIcon
                  severity={branch.severity}
                  size={12}
                  label={treeText.findings(branch.findings)}
                />
              ) : null}
              {branch.errors > 0 ? (
                <span className={styles.errors} title={treeText.errors(branch.errors)}>
                  {formatCount(branch.errors)}
                  <Hidden>{treeText.errorWord(branch.errors)}</Hidden>
                </span>
              ) : null}
              <span className={styles.count}>
                {formatCount(branch.sessions)}
                <Hidden>{treeText.sessionWord(branch.sessions)}</Hidden>
              </span>
            </div>
          );
        })}
      </div>
      {more > 0 ? <p className={styles.empty}>{treeText.more(more)}</p> : null}
      <PlaceMenu menu={menu} onClose={() => setMenu(undefined)} />
    </section>
  );
}

/** What a figure is of, for those who cannot see where it stands. */
const Hidden = ({ children }: { readonly children: string }) => (
  <span className="visually-hidden"> {children}</span>
);
