/** Chooses which columns are shown; stays with the header it opens over. */
import { sessionsText } from '../../text/sessions.ts';
import { type MenuEntry, type Point, PointMenu } from '../../ui/Menu.tsx';
import { removed, toggled } from './column-layout.ts';
import { columnOf, fieldOf, isOwn } from './columns.ts';
import { useAddingColumn } from './own-columns.ts';
import { arrange, columnLayout, resetColumns } from './use-columns.ts';

export interface ColumnMenuProps {
  readonly at: Point | undefined;
  readonly onClose: () => void;
}

export function ColumnMenu({ at, onClose }: ColumnMenuProps) {
  const entries = (): readonly MenuEntry[] => [
    ...columnLayout().map(({ id, shown }) => ({
      id,
      label: sessionsText.columnNames[id] ?? (isOwn(id) ? (fieldOf(id) ?? id) : columnOf(id).label),
      checked: shown,
      onSelect: () => arrange(toggled(columnLayout(), id)),
    })),
    'separator',
    { id: 'add', label: sessionsText.columnAdd, onSelect: () => useAddingColumn.setState({ open: true }) },
    ...columnLayout().flatMap(({ id }) =>
      isOwn(id)
        ? {
            id: `remove ${id}`,
            label: sessionsText.columnRemove(fieldOf(id) ?? id),
            onSelect: () => arrange(removed(columnLayout(), id)),
          }
        : [],
    ),
    { id: 'reset', label: sessionsText.columnsReset, onSelect: resetColumns },
  ];
  return <PointMenu label={sessionsText.columnsMenu} at={at} entries={entries} onClose={onClose} />;
}
