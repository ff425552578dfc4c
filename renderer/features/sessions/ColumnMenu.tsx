/** Chooses which columns are shown; stays with the header it opens over. */
import { sessionsText } from '../../text/sessions.ts';
import { type MenuEntry, type Point, PointMenu } from '../../ui/Menu.tsx';
import { toggled } from './column-layout.ts';
import { COLUMNS } from './columns.ts';
import { arrange, columnLayout, resetColumns } from './use-columns.ts';

export interface ColumnMenuProps {
  readonly at: Point | undefined;
  readonly onClose: () => void;
}

export function ColumnMenu({ at, onClose }: ColumnMenuProps) {
  const entries = (): readonly MenuEntry[] => [
    ...columnLayout().map(({ id, shown }) => ({
      id,
      label: sessionsText.columnNames[id] ?? COLUMNS[id].label,
      checked: shown,
      onSelect: () => arrange(toggled(columnLayout(), id)),
    })),
    'separator',
    { id: 'reset', label: sessionsText.columnsReset, onSelect: resetColumns },
  ];
  return <PointMenu label={sessionsText.columnsMenu} at={at} entries={entries} onClose={onClose} />;
}
