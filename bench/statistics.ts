/** The few statistics the bench needs. Pure. Medians, because a neighbour on the machine makes outliers; the spread is always shown with them. */

/** Lowest and highest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly max: number;
}

function sorted(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('no values');
  return values.toSorted((a, b) => a - b);
}

/**
 * The value below which `share` (0 to 1) of the values lie, between neighbours in proportion (Hyndman and Fan's type 7, what R and NumPy
 * do unless told otherwise). @throws RangeError without values.
 */
export function quantile(values: readonly number[], share: number): number {
  const ordered = sorted(values);
  const place = (ordered.length - 1) * share;
  const below = ordered[Math.floor(place)] ?? Number.NaN;
  const above = ordered[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** @throws RangeError without values. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** @throws RangeError without values. */
export function spread(values: readonly number[]): Spread {
  const ordered = sorted(values);
  return { min: ordered[0] ?? Number.NaN, max: ordered.at(-1) ?? Number.NaN };
}
