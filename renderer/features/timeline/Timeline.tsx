/** Requests over time above the list, under the same filter: a stretch that is drawn narrows the list to it, zooming only looks closer. */
import { X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Timeline as TimelineData } from '#model/contract/tree.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { themeOf, usePreferences } from '../../state/preferences.ts';
import { effectiveFilter, type TimeRange, withRange } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import { useWidth } from '../sessions/use-width.ts';
import { type Chart, createChart } from './chart.ts';
import styles from './Timeline.module.css';
import { timelineText } from './text.ts';
import { nudged, spansFor, zoomed } from './time-ranges.ts';

const HEIGHT = 84;

/** The host's newest; while another question is being answered, what was known before. */
function useTimeline(filter: string, view: TimeRange | undefined, spans: number): TimelineData | undefined {
  const { rpc } = useApp();
  const [data, setData] = useState<TimelineData>();
  useEffect(() => {
    const params = { filter, spans, ...(view ?? {}) };
    const item = (next: TimelineData) =>
      setData((before) => (next.counting && before?.width === next.width ? before : next));
    return rpc.watch('timeline.watch', params, {
      item,
      error: (error) => toast(toSluiceError(error).message, { tone: 'err' }),
    });
  }, [rpc, filter, view, spans]);
  return data;
}

export function Timeline() {
  const { scope, typed, setScope } = useSessions();
  const { range } = scope;
  const [view, setView] = useState<TimeRange>();
  const [span, setSpan] = useState<number>();
  const box = useRef<HTMLDivElement>(null);
  const help = useId();
  const room = useWidth(box);
  const filter = useMemo(() => effectiveFilter(withRange(scope, undefined), typed), [scope, typed]);
  const data = useTimeline(filter, view, spansFor(Number.isFinite(room) ? room : 0));
  const all = data?.extent && {
    from: data.extent.first,
    to: Math.max(data.extent.last + 1, data.extent.first + data.width),
  };
  const shown = view ?? all;
  const choose = (next: TimeRange | undefined) => setScope(withRange(useSessions.getState().scope, next));
  const zoom = (factor: number, at: number) => shown && all && setView(zoomed(shown, all, factor, at));
  const middle = shown ? (shown.from + shown.to) / 2 : 0;

  useChart(box, room, data, shown, range, {
    onRange: (next) => {
      if (next !== undefined || range !== undefined) choose(next);
    },
    onZoom: zoom,
    onReset: () => setView(undefined),
    onSpan: setSpan,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget || !shown)
      return;
    const way = { ArrowLeft: -1 as const, ArrowRight: 1 as const }[event.key];
    if (way !== undefined) choose(nudged(range, shown, way, event.shiftKey));
    else if (event.key === '+' || event.key === '=')
      zoom(1 / 2, range ? (range.from + range.to) / 2 : middle);
    else if (event.key === '-') zoom(2, middle);
    else if (event.key === 'Delete' || event.key === 'Escape') choose(undefined);
    else if (event.key === '0') setView(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section className={styles.timeline} aria-label={timelineText.title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{timelineText.title}</h2>
        <span className={styles.readout}>{readout(data, span)}</span>
        <span className={styles.legend} aria-hidden="true">
          <i className={styles.fine} /> {timelineText.fine}
          <i className={styles.refused} /> {timelineText.refused}
          <i className={styles.failed} /> {timelineText.failed}
        </span>
        <IconButton
          size="small"
          label={range ? timelineText.zoomIn : timelineText.closer}
          disabled={!shown}
          onClick={() => (range ? setView(range) : zoom(1 / 2, middle))}
        >
          <ZoomIn size={14} />
        </IconButton>
        <IconButton
          size="small"
          label={timelineText.zoomOut}
          disabled={!view}
          onClick={() => zoom(2, middle)}
        >
          <ZoomOut size={14} />
        </IconButton>
        <IconButton
          size="small"
          label={timelineText.clear}
          disabled={!range}
          onClick={() => choose(undefined)}
        >
          <X size={14} />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart is no set of fields */}
      <div
        ref={box}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys choose what the pointer draws
        tabIndex={0}
        aria-label={timelineText.title}
        aria-describedby={help}
        className={cx(styles.chart, !data?.extent && styles.blank)}
        onKeyDown={onKeyDown}
      />
      <p id={help} className="visually-hidden">
        {timelineText.help}
      </p>
    </section>
  );
}

function readout(data: TimelineData | undefined, span: number | undefined): string {
  if (data?.extent === undefined) return data ? timelineText.empty : '';
  if (span === undefined || span >= data.fine.length)
    return data.counting ? timelineText.counting : timelineText.per(data.width);
  const [fine = 0, refused = 0, failed = 0] = [data.fine[span], data.refused[span], data.failed[span]];
  return timelineText.at(
    data.start + span * data.width,
    data.width,
    fine + refused + failed,
    refused,
    failed,
  );
}

/** The chart in its box, kept up to what is known. */
function useChart(
  box: { readonly current: HTMLDivElement | null },
  room: number,
  data: TimelineData | undefined,
  shown: TimeRange | undefined,
  range: TimeRange | undefined,
  events: Parameters<typeof createChart>[3],
): void {
  const chart = useRef<Chart>(undefined);
  const now = useRef(events);
  now.current = events;
  const theme = usePreferences(themeOf);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    chart.current = createChart(element, element.clientWidth || 300, HEIGHT, {
      onRange: (next) => now.current.onRange(next),
      onZoom: (factor, at) => now.current.onZoom(factor, at),
      onReset: () => now.current.onReset(),
      onSpan: (index) => now.current.onSpan(index),
    });
    const system = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => chart.current?.redraw();
    system.addEventListener('change', redraw);
    return () => {
      system.removeEventListener('change', redraw);
      chart.current?.[Symbol.dispose]();
      chart.current = undefined;
    };
  }, [box]);
  useEffect(() => {
    if (Number.isFinite(room) && room > 0) chart.current?.resize(room, HEIGHT);
  }, [room]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    chart.current?.redraw();
  }, [theme]);
  const { from, to } = shown ?? {};
  useEffect(() => {
    if (data && from !== undefined && to !== undefined) chart.current?.show(data, { from, to }, range);
  }, [data, from, to, range]);
}
