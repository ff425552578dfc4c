/** Differences between two captures as lines for a terminal, and as objects for programs. Pure. */
import { safeLine } from '#model/safe-text.ts';
import type { CallDifference, Difference } from './compare-captures.ts';

/** Longer values are cut in text; programs get them whole. */
const MOST_VALUE = 80;
const MOST_FIELDS = 40;

export interface DifferenceCounts {
  equal: number;
  changed: number;
  missing: number;
  added: number;
}

export const noDifferences = (): DifferenceCounts => ({ equal: 0, changed: 0, missing: 0, added: 0 });

/** One line, no control characters, cut. */
function shown(value: string | undefined): string {
  if (value === undefined) return '(none)';
  const line = safeLine(value);
  return line.length > MOST_VALUE ? `${line.slice(0, MOST_VALUE)}…` : line;
}

const fieldLine = ({ field, a, b }: Difference) => `    ${shown(field)}: ${shown(a)} → ${shown(b)}`;

/** Nothing for calls that are equal. */
export function* differenceLines(difference: CallDifference): Generator<string> {
  const { kind } = difference;
  const endpoint = safeLine(difference.endpoint);
  switch (kind) {
    case 'missing':
      yield `- ${endpoint}  (${difference.a.id})`;
      return;
    case 'added':
      yield `+ ${endpoint}  (${difference.b.id})`;
      return;
    case 'changed': {
      yield `~ ${endpoint}  (${difference.a.id}, ${difference.b.id})`;
      for (const one of difference.differences.slice(0, MOST_FIELDS)) yield fieldLine(one);
      const more = difference.differences.length - MOST_FIELDS;
      if (more > 0) yield `    … and ${more} more`;
      return;
    }
    case 'equal':
      return;
  }
}

/** As a program reads it; ids are of the first and the second capture. */
export function differenceJson(difference: CallDifference): object {
  const { kind, endpoint } = difference;
  if (kind === 'missing') return { kind, endpoint, a: difference.a.id };
  if (kind === 'added') return { kind, endpoint, b: difference.b.id };
  return {
    kind,
    endpoint,
    a: difference.a.id,
    b: difference.b.id,
    differences: difference.differences,
    volatile: Object.fromEntries(difference.volatile),
  };
}

export const countsLine = ({ equal, changed, missing, added }: DifferenceCounts): string =>
  changed + missing + added === 0
    ? `No differences: ${equal} calls are equal.`
    : `${changed} changed, ${missing} missing, ${added} added, ${equal} equal`;
