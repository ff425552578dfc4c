/**
 * Moments as people write them: before now (-5m, 2h, 1d), a time of today (14:30, 14:30:05), a day (today, yesterday, 2026-01-31), a
 * moment (2026-01-31T14:30, with seconds, fractions and Z or an offset). What names no offset is meant in the zone of this machine.
 */
import type { Filter, FilterLeaf, NumberOperator, OrderOperator } from './ast.ts';

/** [at, end): a day, a minute or a second is a span of time; or so many ms before now. */
type Moment = { readonly at: number; readonly end: number } | { readonly ago: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  min: MINUTE,
  h: 60 * MINUTE,
  d: 24 * 60 * MINUTE,
  w: 7 * 24 * 60 * MINUTE,
};

export const TIME_HELP = 'a time as -5m, 14:30, today, 2026-01-31 or 2026-01-31T14:30';

function relative(text: string): Moment | undefined {
  if (text === 'now') return { ago: 0 };
  const match = /^-?(\d{1,9}(?:\.\d{1,3})?)(s|m|min|h|d|w)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  return unit === undefined ? undefined : { ago: Number(match?.[1]) * unit };
}

/** The day that begins `days` after the one of `now`; days of a change of clocks have another length. */
function dayOf(now: number, days: number): Moment {
  const date = new Date(now);
  const start = (offset: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + offset).getTime();
  return { at: start(days), end: start(days + 1) };
}

function clock(text: string, now: number): Moment | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = match[4] === undefined ? 0 : Number(match[4].padEnd(3, '0'));
  const at = new Date(now).setHours(hours, minutes, seconds, ms);
  return { at, end: at + (match[3] === undefined ? MINUTE : match[4] === undefined ? SECOND : 1) };
}

function absolute(text: string): Moment | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(?::(\d\d)(\.\d{1,3})?)?(z|[+-]\d\d:?\d\d)?)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, day = '', minute, second, fraction = '', zone = ''] = match;
  const offset = zone === 'z' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const at = Date.parse(`${day}T${minute ?? '00:00'}:${second ?? '00'}${fraction}${offset}`);
  // Date.parse takes 2026-02-31 for a day of March.
  if (Number.isNaN(at) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day) return undefined;
  if (minute === undefined) return dayOf(at, 0);
  return { at, end: at + (second === undefined ? MINUTE : fraction === '' ? SECOND : 1) };
}

/** The moment that `text` names; undefined when it is none. */
export function parseMoment(text: string, now: number): Moment | undefined {
  const lower = text.toLowerCase();
  if (lower === 'today') return dayOf(now, 0);
  if (lower === 'yesterday') return dayOf(now, -1);
  return relative(lower) ?? clock(lower, now) ?? absolute(lower);
}

/** The condition `time operator text`; `:` and `=` of a span mean within it, of a time before now, since then. */
export function timeCondition(operator: NumberOperator, text: string, now: number): Filter | undefined {
  const moment = parseMoment(text, now);
  if (moment === undefined) return undefined;
  if ('ago' in moment) {
    const order: OrderOperator =
      operator === ':' || operator === '=' ? '>=' : operator === '!=' ? '<' : operator;
    return { type: 'time', operator: order, ago: moment.ago };
  }
  const is = (order: OrderOperator, at: number): FilterLeaf => ({ type: 'time', operator: order, at });
  const { at, end } = moment;
  switch (operator) {
    case '>':
      return is('>=', end);
    case '>=':
      return is('>=', at);
    case '<':
      return is('<', at);
    case '<=':
      return is('<', end);
    default: {
      const within: Filter = { type: 'and', terms: [is('>=', at), is('<', end)] };
      return operator === '!=' ? { type: 'not', term: within } : within;
    }
  }
}
