/** What the body viewers say. */
import { formatCount, formatSize } from '../text/format.ts';

export const viewsText = {
  view: 'View',
  pretty: 'Pretty',
  raw: 'Raw',
  hex: 'Hex',
  image: 'Image',
  wrap: 'Wrap lines',
  asSent: 'As sent (still compressed)',
  copyBody: 'Copy the body',
  copyHex: 'Copy as hex dump',
  download: 'Download the body',
  more: 'More ways to view it',
  emptyTitle: 'No body',
  emptyRequest: 'The request was sent without a body.',
  emptyResponse: 'The response has no body.',
  droppedTitle: 'The body was left out',
  dropped: (bytes: number) =>
    `It had ${formatSize(bytes)}, more than this capture keeps of a body. Settings say how much that is.`,
  emptyWaiting: 'No byte of the body has arrived yet.',
  loading: 'Loading the body…',
  loadFailed: 'The body could not be read',
  incomplete: 'The body stopped before its end: this is what arrived.',
  lossy: (charset: string) => `Some bytes are not valid ${charset}; they show as �. Hex shows them.`,
  part: (shown: number, total: number) => `The first ${formatSize(shown)} of ${formatSize(total)}`,
  partRaw: 'raw until all of it is loaded',
  loadMore: (bytes: number, total: number) =>
    bytes < total ? `Load the first ${formatSize(bytes)}` : `Load all ${formatSize(total)}`,
  formatting: 'Formatting…',
  formatFailed: (why: string) => `Shown raw: ${why}.`,
  viewFailed: 'This view failed, so the body is shown as hex',
  imageFailed:
    'The image cannot be drawn; it may be damaged, cut off, or of a kind this window does not know.',
  showHex: 'Show as hex',
  imageAlt: 'The image that the body holds',
  imageSize: (width: number, height: number) => `${width} × ${height}`,
  sizeEncoded: (decoded: number, captured: number, coding: string) =>
    `${formatSize(decoded)} (${formatSize(captured)} ${coding})`,
  editorLabel: 'Body text',
  showAll: (characters: number) => `Show all ${formatCount(characters)} characters`,
  showLess: 'Show less',
} as const;
