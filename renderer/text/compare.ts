/** What the actions that compare are called, and say. */
import { plural } from './format.ts';

export const compareActionText = {
  menu: 'Compare',
  two: 'Compare the two sessions',
  keep: 'Keep as side A of a comparison',
  with: 'Compare with side A',
  swap: 'Swap the sides of the comparison',
  kept: (count: number) => `${plural(count, 'session')} kept as side A`,
  keptDetail: 'Select other sessions and compare them with it.',
} as const;
