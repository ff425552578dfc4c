/**
 * How sure people want to be before they are told: `low` tells everything, `high` only what leaves no doubt. A finding names the highest
 * threshold that it still passes, so that what a higher one tells is always part of what a lower one does.
 */
export const THRESHOLDS = ['low', 'medium', 'high'] as const;
export type Threshold = (typeof THRESHOLDS)[number];

export const DEFAULT_THRESHOLD: Threshold = 'medium';

/** Whether what passes up to `threshold` (without one: all of them) is told at `wanted`. */
export const isTold = ({ threshold = 'high' }: { readonly threshold?: Threshold }, wanted: Threshold) =>
  THRESHOLDS.indexOf(threshold) >= THRESHOLDS.indexOf(wanted);
