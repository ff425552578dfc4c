/** What a search found, as lines: a session, then its hits with what stands around them. Pure. */
import { safeLine } from '#model/safe-text.ts';
import type { SearchFound, SearchHit, SearchPart, SearchProgress } from '#model/search.ts';

const PARTS: Readonly<Record<SearchPart, string>> = {
  url: 'URL',
  'request-head': 'request head',
  'request-sent': 'request head as sent on',
  'request-trailers': 'request trailers',
  informational: 'informational response',
  'response-head': 'response head',
  'response-sent': 'response head as sent on',
  'response-trailers': 'response trailers',
  'request-body': 'request body',
  'response-body': 'response body',
  message: 'message',
};

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const PLAIN = ['', ''] as const;

function hitLine({ part, index, start, end, snippet }: SearchHit, colours: boolean): string {
  const where = index === undefined ? PARTS[part] : `${PARTS[part]} ${index + 1}`;
  const [on, off] = colours ? BOLD : PLAIN;
  const { text } = snippet;
  const hit = on + safeLine(text.slice(snippet.start, snippet.end)) + off;
  return `  ${where}, bytes ${start}-${end}: ${safeLine(text.slice(0, snippet.start))}${hit}${safeLine(text.slice(snippet.end))}`;
}

/** `colours`: for a terminal, where the hit then stands out. */
export function foundLines({ row, hits, more }: SearchFound, colours: boolean): string[] {
  const lines = [
    safeLine(`${row.id}  ${row.method} ${row.url}  ${row.status ?? '-'}`),
    ...hits.map((hit) => hitLine(hit, colours)),
  ];
  if (more) lines.push('  and more in this session');
  return lines;
}

/** A hit as a line of JSON, with enough of its session to know it by. */
export function hitJson({ row, more }: SearchFound, hit: SearchHit): string {
  const { id, method, url, status } = row;
  return JSON.stringify({ session: id, method, url, status, ...hit, more });
}

const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

/** What there is to know of a search that has ended, a sentence each. */
export function summaryOf(progress: SearchProgress, hits: number, inSessions: number): string[] {
  const { state, looked, total, cut, unreadable } = progress;
  const lines = [
    `${hits} ${hits === 1 ? 'hit' : 'hits'} in ${sessions(inSessions)}; ${looked} of ${sessions(total)} looked at`,
  ];
  if (state === 'limit') lines.push('There may be more: it stopped at the limit.');
  if (cut > 0) lines.push(`Of ${sessions(cut)} only the first 16 MiB of a body were searched.`);
  if (unreadable > 0) lines.push(`${sessions(unreadable)} could not be read: the capture is damaged there.`);
  return lines;
}
