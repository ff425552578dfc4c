/**
 * Values to try one after the other, as people write them: `1..20`, `001..100`, `0..100/25`, `a,b,c`. A comma within a value is written `\,`.
 * Pure; a list that would be too long is refused before it is made.
 */
import { SluiceError } from '../errors.ts';
import { MOST_REQUESTS } from './plan.ts';

const RANGE = /^(-?\d{1,15})\.\.(-?\d{1,15})(?:\/(\d{1,15}))?$/;

/** With leading zeros all have the length of the first. */
function rangeValues(from: string, to: string, step: number): string[] {
  const [first, last] = [Number(from), Number(to)];
  const count = step === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.abs(last - first) / step) + 1;
  if (count > MOST_REQUESTS) {
    throw new SluiceError('too-large', `${from}..${to} has too many values: ${MOST_REQUESTS} at most.`);
  }
  const direction = last < first ? -step : step;
  const width = /^-?0\d/.test(from) ? from.replace('-', '').length : 0;
  return Array.from({ length: count }, (_, i) => {
    const value = first + i * direction;
    const digits = String(Math.abs(value)).padStart(width, '0');
    return value < 0 ? `-${digits}` : digits;
  });
}

const unescaped = (text: string) => text.replace(/\\([,\\])/g, '$1');

/** At least one value: "" is one that is empty. @throws SluiceError `too-large`, `usage` */
export function valuesOf(text: string): string[] {
  const range = RANGE.exec(text.trim());
  if (range !== null) {
    const [, from = '', to = '', step] = range;
    if (step !== undefined && Number(step) === 0) {
      throw new SluiceError('usage', `"${text}" never gets on: give a step above 0.`);
    }
    return rangeValues(from, to, step === undefined ? 1 : Number(step));
  }
  const values = (text.match(/(?:\\[,\\]|[^,])*(?:,|$)/g) ?? ['']).slice(0, -1);
  // What ends in a comma has one more, which is empty.
  const cut = values.map((value) => unescaped(value.endsWith(',') ? value.slice(0, -1) : value));
  if (cut.length === 0 || /(?:^|[^\\])(?:\\\\)*,$/.test(text)) cut.push('');
  if (cut.length > MOST_REQUESTS) {
    throw new SluiceError('too-large', `These are too many values: ${MOST_REQUESTS} at most.`);
  }
  return cut;
}

/** One value a line, of a file. Empty lines are none. */
export const valuesOfLines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');
