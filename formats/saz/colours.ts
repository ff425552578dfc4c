/** Fiddler's colours of sessions (`ui-color`) and our marks. */
import type { Mark } from '#model/session.ts';

const COLOURS: readonly (readonly [string, Mark])[] = [
  ['red', 1],
  ['orange', 2],
  ['green', 3],
  ['blue', 4],
  ['purple', 5],
  // Theirs alone, each beside the mark that is nearest.
  ['gold', 2],
  ['yellow', 2],
];

/** The colour that a mark is written as; undefined for none. */
export const colourOf = (mark: Mark): string | undefined => COLOURS.find(([, of]) => of === mark)?.[0];

/** The mark that a colour is read as; undefined for a colour that no mark is near to. */
export const markOf = (colour: string): Mark | undefined =>
  COLOURS.find(([name]) => name === colour.trim().toLowerCase())?.[1];
