/** Into which part each session of a capture goes, and what the parts are called. Pure. */
import { SluiceError } from '#model/errors.ts';
import type { SessionRow } from '#model/session.ts';

/** The part of a session; called once for each, in order. */
export type PartOf = (row: SessionRow) => string;

const two = (value: number) => String(value).padStart(2, '0');

/** The local day: what the list shows. */
function dayOf(epochMs: number): string {
  const date = new Date(epochMs);
  return [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
}

/** A part as a piece of a file name: what a host sent must not lead elsewhere. */
export const fileWord = (text: string): string =>
  text
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 100) || 'other';

/** `by`: "host", "day" or a number of sessions. @throws SluiceError `usage` */
export function partsBy(by: string): PartOf {
  if (by === 'host') return ({ host }) => fileWord(host);
  if (by === 'day') return ({ startedAt }) => dayOf(startedAt);
  const size = /^[1-9]\d{0,8}$/.test(by) ? Number(by) : undefined;
  if (size === undefined) {
    throw new SluiceError(
      'usage',
      `"${by}" says not what to split by: give host, day, filter or a number of sessions.`,
    );
  }
  let seen = 0;
  return () => {
    const part = Math.floor(seen / size) + 1;
    seen += 1;
    return two(part).padStart(3, '0');
  };
}
