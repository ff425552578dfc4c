/** The timeline's chart: stacked bars on a canvas by uPlot, a range that is drawn over them. It asks nothing and keeps nothing. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Timeline } from '#model/contract/tree.ts';
import type { TimeRange } from '../../state/scope.ts';
import { formatClock, formatDate } from '../../text/format.ts';

export interface ChartEvents {
  /** A stretch was drawn; undefined: a click that drew none. */
  onRange(range: TimeRange | undefined): void;
  /** `factor` below 1 goes in. */
  onZoom(factor: number, at: number): void;
  onReset(): void;
  /** The span under the pointer. */
  onSpan(index: number | undefined): void;
}

export interface Chart extends Disposable {
  show(timeline: Timeline, view: TimeRange, range: TimeRange | undefined): void;
  resize(width: number, height: number): void;
  /** Colours may be others now. */
  redraw(): void;
}

/** px that were meant as a drag. */
const LEAST_DRAG = 4;
const WHEEL = 1.25;

/** A colour of tokens.css as the theme in force has it: custom properties alone are not resolved. */
function colour(within: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  within.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const DAY = 86_400_000;

/** As short as the distance to the next one allows. */
function tickText(at: number, apart: number): string {
  if (apart >= DAY) return formatDate(at).split(',', 1).join('');
  return formatClock(at).slice(0, apart >= 60_000 ? 5 : apart >= 1000 ? 8 : 12);
}

export function createChart(element: HTMLElement, width: number, height: number, events: ChartEvents): Chart {
  let view: TimeRange = { from: 0, to: 1 };
  let range: TimeRange | undefined;
  const bars = (name: string): uPlot.Series => ({
    fill: () => colour(element, name),
    width: 0,
    points: { show: false },
    ...(uPlot.paths.bars
      ? { paths: uPlot.paths.bars({ size: [1, Number.POSITIVE_INFINITY], align: 1, gap: 1 }) }
      : {}),
  });
  const axis = (): Partial<uPlot.Axis> => ({
    stroke: () => colour(element, '--tx3'),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    ticks: { show: false },
  });
  const plot = new uPlot(
    {
      width,
      height,
      ms: 1,
      padding: [6, 30, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: true, range: () => [view.from, view.to] },
        y: { range: (_, __, most) => [0, Math.max(1, most || 1)] },
      },
      axes: [
        {
          ...axis(),
          size: 20,
          gap: 2,
          space: 76,
          grid: { show: false },
          values: (_, splits) =>
            splits.map((at, i) =>
              tickText(at, (splits[i + 1] ?? at) - (splits[i] ?? at) || at - (splits[i - 1] ?? at)),
            ),
        },
        {
          ...axis(),
          size: 44,
          gap: 4,
          space: 26,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5],
          grid: { stroke: () => colour(element, '--line'), width: 1 },
        },
      ],
      series: [{}, bars('--acc'), bars('--warn'), bars('--err')],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            events.onReset();
            return null;
          },
        },
      },
      hooks: {
        setSelect: [
          ({ select, posToVal }) => {
            if (select.width < LEAST_DRAG) events.onRange(undefined);
            else {
              const [a, b] = [posToVal(select.left, 'x'), posToVal(select.left + select.width, 'x')];
              events.onRange({ from: Math.floor(a), to: Math.ceil(b) });
            }
          },
        ],
        setCursor: [
          ({ cursor }) =>
            events.onSpan(
              cursor.left !== undefined && cursor.left >= 0 ? (cursor.idx ?? undefined) : undefined,
            ),
        ],
        draw: [drawRange],
      },
    },
    [[], [], [], []],
    element,
  );

  /** The chosen range stays to be seen whatever is zoomed; it is drawn, so that uPlot's own selection is only the drag. */
  function drawRange({ ctx, bbox, valToPos }: uPlot): void {
    if (range === undefined) return;
    const inside = (at: number) =>
      Math.min(Math.max(valToPos(at, 'x', true), bbox.left), bbox.left + bbox.width);
    const [left, right] = [inside(range.from), inside(range.to)];
    ctx.save();
    ctx.fillStyle = colour(element, '--bg');
    ctx.globalAlpha = 0.62;
    ctx.fillRect(bbox.left, bbox.top, left - bbox.left, bbox.height);
    ctx.fillRect(right, bbox.top, bbox.left + bbox.width - right, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour(element, '--acc');
    for (const at of [left, right]) ctx.fillRect(Math.round(at) - 1, bbox.top, 2, bbox.height);
    ctx.restore();
  }

  const onWheel = (event: WheelEvent) => {
    if (event.deltaY === 0) return;
    event.preventDefault();
    const { left } = plot.over.getBoundingClientRect();
    events.onZoom(event.deltaY < 0 ? 1 / WHEEL : WHEEL, plot.posToVal(event.clientX - left, 'x'));
  };
  plot.over.addEventListener('wheel', onWheel, { passive: false });

  return {
    show({ start, width: span, fine, refused, failed }, shown, chosen) {
      view = shown;
      range = chosen;
      const above = (lists: readonly (readonly number[])[]) =>
        fine.map((_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
      const starts = fine.map((_, i) => start + i * span);
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      plot.setData([starts, above([fine, refused, failed]), above([refused, failed]), above([failed])]);
    },
    resize: (w, h) => plot.setSize({ width: w, height: h }),
    // Colours are kept with the paths.
    redraw: () => plot.redraw(true, true),
    [Symbol.dispose]: () => plot.destroy(),
  };
}
