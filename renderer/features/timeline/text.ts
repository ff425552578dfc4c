/** What the timeline says. */
import { formatClock, formatDuration, plural } from '../../text/format.ts';

export const timelineText = {
  title: 'Requests over time',
  help: 'Drag to choose a stretch of time. The arrow keys move it, with Shift they extend it, plus and minus zoom, Delete takes it away.',
  per: (width: number) => `per ${formatDuration(width)}`,
  fine: 'below 400',
  refused: '4xx',
  failed: '5xx or failed',
  zoomIn: 'Zoom to the range',
  closer: 'Zoom in',
  zoomOut: 'Zoom out',
  clear: 'Take the range away',
  counting: 'counting…',
  empty: 'Nothing to show.',
  at: (at: number, width: number, all: number, refused: number, failed: number) =>
    [
      `${formatClock(at)} + ${formatDuration(width)}: ${plural(all, 'request')}`,
      ...(refused > 0 ? [`${refused} with 4xx`] : []),
      ...(failed > 0 ? [`${failed} failed or with 5xx`] : []),
    ].join(', '),
} as const;
