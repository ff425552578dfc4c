/** Values of number fields as people write them: sizes and durations with units, status classes, severities by name. */
import { Severity } from '../session.ts';
import type { Filter, FilterField, NumberOperator } from './ast.ts';
import { type NumberKind, severityRank } from './fields.ts';

const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  t: 1024 ** 4,
  tb: 1024 ** 4,
};
const DURATION_UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** What each kind of field takes, for messages. */
export const VALUE_HELP: Readonly<Record<NumberKind, string>> = {
  number: 'a number',
  size: 'a size as 500, 10kb or 2MB',
  duration: 'a time as 20ms or 1.5s',
  status: 'a status code or a class as 4xx',
  severity: `one of none, ${Severity.options.join(', ')}`,
};

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)([a-z]*)$/i.exec(text);
  if (match === null) return undefined;
  const unit = (match[2] ?? '').toLowerCase();
  const factor = unit === '' ? 1 : Object.hasOwn(units, unit) ? units[unit] : undefined;
  return factor === undefined ? undefined : Number(match[1]) * factor;
}

/** The number that `text` writes for a field of that kind. */
export function numberValue(kind: NumberKind, text: string): number | undefined {
  if (kind === 'size') return withUnit(text, SIZE_UNITS);
  if (kind === 'duration') return withUnit(text, DURATION_UNITS);
  if (kind !== 'severity') return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
  const name = text.toLowerCase();
  const severity = Severity.options.find((option) => option === name);
  return severity === undefined ? (name === 'none' ? 0 : undefined) : severityRank(severity);
}

/** `status:4xx` as a range; above a class means above all of it. */
function statusClass(field: FilterField, operator: NumberOperator, first: number): Filter {
  const last = first + 99;
  const is = (op: NumberOperator, value: number): Filter => ({ type: 'number', field, operator: op, value });
  const within: Filter = { type: 'and', terms: [is('>=', first), is('<=', last)] };
  if (operator === ':' || operator === '=') return within;
  if (operator === '!=') return { type: 'not', term: within };
  return is(operator, operator === '>' || operator === '<=' ? last : first);
}

/** The condition `field operator text` on a number field; undefined when the text is no such value. */
export function numberCondition(
  field: FilterField,
  kind: NumberKind,
  operator: NumberOperator,
  text: string,
): Filter | undefined {
  const match = kind === 'status' ? /^([1-9])xx$/i.exec(text) : null;
  if (match !== null) return statusClass(field, operator, Number(match[1]) * 100);
  const value = numberValue(kind, text);
  return value === undefined ? undefined : { type: 'number', field, operator, value };
}
