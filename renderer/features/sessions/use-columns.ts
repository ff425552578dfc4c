/** The user's column layout: read from the lasting preferences, changed through here alone. */
import { useMemo } from 'react';
import { usePreferences } from '../../state/preferences.ts';
import {
  type ColumnLayout,
  FIRST_LAYOUT,
  formatLayout,
  parseLayout,
  shownColumns,
  template,
} from './column-layout.ts';

const NAME = 'grid.columns';

export const columnLayout = (): ColumnLayout => layoutOf(usePreferences.getState().values[NAME]);

const layoutOf = (text: string | undefined): ColumnLayout => (text ? parseLayout(text) : FIRST_LAYOUT);

export function arrange(layout: ColumnLayout): void {
  usePreferences.getState().set(NAME, formatLayout(layout));
}

/** Back to how they stand at first. */
export const resetColumns = (): void => arrange(FIRST_LAYOUT);

/** Columns that stand in a list of `room` px, and their tracks for CSS. */
export function useColumns(room: number) {
  const text = usePreferences((state) => state.values[NAME]);
  return useMemo(() => {
    const columns = shownColumns(layoutOf(text), room);
    return { columns, template: template(columns) };
  }, [text, room]);
}
