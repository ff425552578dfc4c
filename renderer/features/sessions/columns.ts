/** The grid's columns, in order. Widths are in SessionGrid.module.css, where a narrow list leaves some out: the inspector has them all. */
import type { SortKey } from '#model/contract/contract.ts';
import { sessionsText } from '../../text/sessions.ts';

export interface Column {
  readonly key: SortKey;
  readonly label: string;
  /** Figures stand right-aligned so that they can be compared. */
  readonly numeric: boolean;
}

const NUMERIC: ReadonlySet<SortKey> = new Set(['id', 'size', 'duration']);
const KEYS: readonly SortKey[] = [
  'id',
  'method',
  'status',
  'protocol',
  'host',
  'path',
  'findings',
  'type',
  'size',
  'duration',
];

export const COLUMNS: readonly Column[] = KEYS.map((key) => ({
  key,
  label: sessionsText.columns[key],
  numeric: NUMERIC.has(key),
}));
