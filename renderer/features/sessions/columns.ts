/** The grid's columns, in order. Widths are in SessionGrid.module.css (`--columns`), where narrow windows leave some out. */
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
  'type',
  'size',
  'duration',
  'findings',
];

export const COLUMNS: readonly Column[] = KEYS.map((key) => ({
  key,
  label: sessionsText.columns[key],
  numeric: NUMERIC.has(key),
}));
