/** The user's column layout: read from the lasting preferences, changed through here alone. */
import { useMemo } from 'react';
import { create } from 'zustand';
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

/** The layout while an edge is being dragged: it is kept when the pointer lets go, not at every step of it. */
const useDragged = create<{ readonly layout: ColumnLayout | undefined }>()(() => ({ layout: undefined }));

const layoutOf = (text: string | undefined): ColumnLayout => (text ? parseLayout(text) : FIRST_LAYOUT);

export const columnLayout = (): ColumnLayout =>
  useDragged.getState().layout ?? layoutOf(usePreferences.getState().values[NAME]);

export function arrange(layout: ColumnLayout): void {
  usePreferences.getState().set(NAME, formatLayout(layout));
  useDragged.setState({ layout: undefined });
}

/** In force until `arrange` keeps what it has come to. */
export const drag = (layout: ColumnLayout): void => useDragged.setState({ layout });

/** Back to how they stand at first. */
export const resetColumns = (): void => arrange(FIRST_LAYOUT);

/** Columns that stand in a list of `room` px, and their tracks for CSS. */
export function useColumns(room: number) {
  const text = usePreferences((state) => state.values[NAME]);
  const dragged = useDragged((state) => state.layout);
  return useMemo(() => {
    const columns = shownColumns(dragged ?? layoutOf(text), room);
    return { columns, template: template(columns) };
  }, [text, dragged, room]);
}
