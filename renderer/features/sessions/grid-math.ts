/**
 * The arithmetic of a list of equal rows that may be longer than a browser lets an element be. Pixels are CSS pixels. "Virtual" positions
 * count every row at its full height; "physical" ones are what scrollTop says. They are the same until the list is taller than the cap.
 */

/** Height of a row by density; `--grid-row` in ui/tokens.css says the same. */
export const ROW_HEIGHTS = { compact: 22, normal: 26, relaxed: 32 } as const;
/** Firefox stops at 17.9 million px, Chromium at 33.5 million. */
export const MAX_CANVAS = 15_000_000;

export interface Geometry {
  /** Rows in the list. */
  readonly count: number;
  /** Height of what can be seen of it. */
  readonly viewport: number;
  readonly rowHeight: number;
}

/** Height of the scrolled element. */
export function canvasHeight({ count, rowHeight }: Geometry): number {
  return Math.min(MAX_CANVAS, count * rowHeight);
}

/** The furthest virtual position. */
export function maxVirtual({ count, viewport, rowHeight }: Geometry): number {
  return Math.max(0, count * rowHeight - viewport);
}

const scale = (geometry: Geometry) => {
  const physical = Math.max(0, canvasHeight(geometry) - geometry.viewport);
  return physical === 0 ? 1 : maxVirtual(geometry) / physical;
};

export function toVirtual(physical: number, geometry: Geometry): number {
  return clampVirtual(physical * scale(geometry), geometry);
}

export function toPhysical(virtual: number, geometry: Geometry): number {
  return clampVirtual(virtual, geometry) / scale(geometry);
}

/** Whether physical and virtual differ, so that the wheel must be translated. */
export function isScaled(geometry: Geometry): boolean {
  return geometry.count * geometry.rowHeight > MAX_CANVAS;
}

export function clampVirtual(virtual: number, geometry: Geometry): number {
  return Math.min(Math.max(0, virtual), maxVirtual(geometry));
}

/** Indexes [start, end) of the rows to draw, with `overscan` more on both sides. */
export function visibleRange(
  virtual: number,
  { count, viewport, rowHeight }: Geometry,
  overscan: number,
): readonly [number, number] {
  const first = Math.floor(virtual / rowHeight) - overscan;
  const last = Math.ceil((virtual + viewport) / rowHeight) + overscan;
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(last, count))];
}

/** The virtual position nearest to the present one that shows the row wholly. */
export function revealRow(index: number, virtual: number, geometry: Geometry): number {
  const top = index * geometry.rowHeight;
  if (top < virtual) return clampVirtual(top, geometry);
  const bottom = top + geometry.rowHeight - geometry.viewport;
  return clampVirtual(Math.max(bottom, virtual), geometry);
}

/** Whether the last row is in sight; a row's worth of slack, so that a fraction of a pixel does not unstick. */
export function isAtEnd(virtual: number, geometry: Geometry): boolean {
  return virtual >= maxVirtual(geometry) - geometry.rowHeight;
}

/** Where new rows come in: at the end, at the start, or anywhere. */
export type Growth = 'end' | 'start' | 'anywhere';

/**
 * The virtual position after the list went from `before` to `after` rows, or its rows to another height. Someone at the growing edge stays there; someone elsewhere keeps
 * looking at the same rows.
 */
export function afterGrowth(
  virtual: number,
  before: Geometry,
  after: Geometry,
  growth: Growth,
  stuck: boolean,
): number {
  if (growth === 'end' && stuck) return maxVirtual(after);
  const same = (virtual / before.rowHeight) * after.rowHeight;
  const grown = after.count - before.count;
  if (growth === 'start' && !stuck && grown > 0) return clampVirtual(same + grown * after.rowHeight, after);
  return clampVirtual(same, after);
}

export interface RowWindow {
  readonly offset: number;
  readonly limit: number;
  /** The window is the list's end, wherever that is. */
  readonly fromEnd?: boolean;
}

/**
 * For someone who follows the newest rows at the list’s end: no window of a fixed place could keep up. As many as the tallest screens show,
 * since all of them come anew with every step.
 */
export const NEWEST_ROWS: RowWindow = { offset: 0, limit: 128, fromEnd: true };

const WINDOW = 320;
/** Nearer than this to the window's edge, and there is more beyond: time for another window. */
const MARGIN = 40;

/** The window of rows to ask the host for: the present one while it surrounds what is seen, else one with the seen rows in its middle. */
export function nextWindow(
  current: RowWindow,
  [first, end]: readonly [number, number],
  count: number,
): RowWindow {
  const { offset, limit } = current.fromEnd ? { offset: 0, limit: 0 } : current;
  const enoughBefore = offset === 0 || first >= offset + MARGIN;
  const enoughAfter = end + MARGIN <= offset + limit || (end >= count && end < offset + limit);
  if (limit > 0 && first >= offset && enoughBefore && enoughAfter) return current;
  return { offset: Math.max(0, first - Math.floor((WINDOW - (end - first)) / 2)), limit: WINDOW };
}
