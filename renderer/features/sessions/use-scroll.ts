/** The grid's scroll position: follows the newest rows while the user is there, keeps still otherwise, and goes beyond a browser's limits. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  afterGrowth,
  type Geometry,
  type Growth,
  isAtEnd,
  isScaled,
  maxVirtual,
  toPhysical,
  toVirtual,
} from './grid-math.ts';

export interface Scroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly geometry: Geometry;
  readonly virtual: number;
  readonly physical: number;
  /** At the growing edge, where new rows come into sight by themselves. */
  readonly following: boolean;
  /** Rows that came in while the user was elsewhere. */
  readonly unseen: number;
  scrollTo(virtual: number): void;
  scrollToNewest(): void;
  onScroll(): void;
}

export interface ScrollOptions {
  readonly count: number;
  readonly rowHeight: number;
  readonly growth: Growth;
  /** Names the list shown: another one starts at its newest rows. */
  readonly list: string;
}

export function useScroll({ count, rowHeight, growth, list }: ScrollOptions): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(600);
  const [virtual, setVirtual] = useState(0);
  const [leftAt, setLeftAt] = useState<number>();
  const geometry: Geometry = { count, viewport, rowHeight };
  const now = useRef({ virtual: 0, stuck: true, geometry, list: '' });

  const place = useCallback((position: number, inside: Geometry) => {
    now.current.virtual = position;
    setVirtual(position);
    if (scroller.current) scroller.current.scrollTop = toPhysical(position, inside);
  }, []);

  const stick = useCallback(
    (inside: Geometry) => {
      const { virtual: at } = now.current;
      const stuck = growth === 'start' ? at < inside.rowHeight : isAtEnd(at, inside);
      if (stuck) setLeftAt(undefined);
      else if (now.current.stuck) setLeftAt(inside.count);
      now.current.stuck = stuck;
    },
    [growth],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setViewport(element.clientHeight));
    observer.observe(element);
    setViewport(element.clientHeight);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const before = now.current.geometry;
    const after = { count, viewport, rowHeight };
    now.current.geometry = after;
    if (now.current.list !== list) {
      now.current.list = list;
      now.current.stuck = true;
      setLeftAt(undefined);
      place(growth === 'end' ? maxVirtual(after) : 0, after);
    } else if (before.count !== count || before.viewport !== viewport || before.rowHeight !== rowHeight) {
      const to = afterGrowth(now.current.virtual, before, after, growth, now.current.stuck);
      // At the end of what grows the position was drawn already (`drawn` below): the rows are not drawn a second time.
      if (growth === 'end' && now.current.stuck) {
        now.current.virtual = to;
        if (scroller.current) scroller.current.scrollTop = toPhysical(to, after);
      } else place(to, after);
    }
  }, [count, viewport, rowHeight, growth, list, place]);

  const scaled = isScaled(geometry);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !scaled) return;
    // One pixel of the scrollbar is several here, so the wheel has to be counted in rows by ourselves.
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const inside = now.current.geometry;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
      const pixels = lines ? event.deltaY * inside.rowHeight : event.deltaY;
      place(Math.min(Math.max(0, now.current.virtual + pixels), maxVirtual(inside)), inside);
      stick(inside);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scaled, place, stick]);

  // Who is at the end stays there: the place of the newest rows is known before they are drawn.
  const atEnd = growth === 'end' && leftAt === undefined && now.current.stuck && now.current.list === list;
  const drawn = atEnd ? maxVirtual(geometry) : virtual;
  const scrollTo = (position: number) => {
    place(position, geometry);
    stick(geometry);
  };
  return {
    scroller,
    geometry,
    virtual: drawn,
    physical: toPhysical(drawn, geometry),
    following: leftAt === undefined,
    unseen: leftAt === undefined || growth === 'anywhere' ? 0 : Math.max(0, count - leftAt),
    scrollTo,
    scrollToNewest: () => scrollTo(growth === 'start' ? 0 : maxVirtual(geometry)),
    onScroll() {
      // The browser's own doing while the list gets another height: it is placed anew in a moment.
      if (scroller.current && scroller.current.clientHeight !== geometry.viewport) return;
      const physical = scroller.current?.scrollTop ?? 0;
      // An echo of our own placing says nothing of what the user wants.
      if (Math.abs(physical - toPhysical(now.current.virtual, geometry)) <= 1) return;
      now.current.virtual = toVirtual(physical, geometry);
      setVirtual(now.current.virtual);
      stick(geometry);
    },
  };
}
