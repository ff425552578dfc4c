/**
 * Two calls as rows to be shown side by side: every field of either, with how it stands and why it may not count. Header fields are sets:
 * the order of values under one name, and of cookies within one field, says nothing. Pure.
 */
import type { Fields } from '#formats/compare/call-fields.ts';
import { ignores } from '#formats/compare/compare-captures.ts';
import { VolatileFields, type VolatileReason } from '#formats/compare/volatile-fields.ts';
import type { Headers } from '#model/headers.ts';
import type { Session } from '#model/session.ts';

export const FIELD_GROUPS = [
  'general',
  'query',
  'requestHeaders',
  'requestBody',
  'responseHeaders',
  'responseBody',
  'messages',
] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

export type FieldKind = 'same' | 'changed' | 'only-a' | 'only-b';

export interface FieldRow {
  readonly field: string;
  readonly kind: FieldKind;
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** It differs by its nature (a time, an id), or somebody said that it does not count. */
  readonly passed?: VolatileReason | 'ignored';
}

export interface RowOptions {
  readonly ignore: readonly string[];
  /** What changes by its nature counts too; it says so all the same. */
  readonly strict: boolean;
}

const PREFIXES: readonly (readonly [prefix: string, group: FieldGroup])[] = [
  ['query.', 'query'],
  ['request.header.', 'requestHeaders'],
  ['request.body', 'requestBody'],
  ['response.header.', 'responseHeaders'],
  ['response.body', 'responseBody'],
  ['message', 'messages'],
];

export const groupOf = (field: string): FieldGroup =>
  PREFIXES.find(([prefix]) => field.startsWith(prefix))?.[1] ?? 'general';

/** Whether the row tells the two calls apart. */
export const counts = (row: FieldRow, strict: boolean): boolean =>
  row.kind !== 'same' && row.passed !== 'ignored' && (strict || row.passed === undefined);

/** All fields of either call, the first one's order first within each group, groups in the order of FIELD_GROUPS. */
export function fieldRows(a: Fields, b: Fields, { ignore, strict }: RowOptions): FieldRow[] {
  const ignored = ignores(ignore);
  const volatile = new VolatileFields();
  const rows = [...new Set([...a.keys(), ...b.keys()])].map((field): FieldRow => {
    const left = a.get(field);
    const right = b.get(field);
    const kind =
      left === right ? 'same' : right === undefined ? 'only-a' : left === undefined ? 'only-b' : 'changed';
    const row = { field, kind, a: left, b: right } as const;
    if (kind === 'same') return row;
    const passed = ignored(field) ? 'ignored' : volatile.reason(field, left, right);
    return passed === undefined ? row : { ...row, passed };
  });
  return FIELD_GROUPS.flatMap((group) =>
    rows
      .filter(({ field }) => groupOf(field) === group)
      // What counts stands before what does not.
      .toSorted((one, two) => Number(counts(two, strict)) - Number(counts(one, strict))),
  );
}

function sortedValues(name: string, values: readonly string[]): string {
  if (name !== 'cookie') return values.toSorted().join('\n');
  return values
    .flatMap((value) => value.split(';'))
    .map((part) => part.trim())
    .toSorted()
    .join('; ');
}

function* sets(prefix: string, headers: Headers): Generator<[string, string]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    byName.set(lower, [...(byName.get(lower) ?? []), value]);
  }
  for (const [name, values] of byName) yield [`${prefix}.header.${name}`, sortedValues(name, values)];
}

/** The fields with header values as sets in the place of lists. */
export function withHeaderSets(fields: Fields, session: Pick<Session, 'request' | 'response'>): Fields {
  const changed = new Map(fields);
  for (const [field, value] of sets('request', session.request.head.headers)) changed.set(field, value);
  for (const [field, value] of sets('response', session.response?.head.headers ?? []))
    changed.set(field, value);
  return changed;
}

/** The name within its group: "accept" of "request.header.accept". */
export function shortName(field: string): string {
  const [prefix = ''] = PREFIXES.find(([start]) => field.startsWith(start)) ?? [];
  const short = prefix === 'message' ? field : field.slice(prefix.length).replace(/^\./, '');
  return short === '' ? '—' : short;
}
