/**
 * Makes a table of sessions, one session after the other: groups by the texts of some fields, with counts, sums, averages, extremes and
 * percentiles (nearest rank: a value that was there). Memory follows the number of groups, which is bounded, and for percentiles the
 * number of values. It formats nothing.
 */
import { Severity } from '../session.ts';
import type { FieldRef } from './ast.ts';
import { FIELDS, type FieldKind, type Need } from './fields.ts';
import { numbersOf } from './predicate.ts';
import type { Aggregate, Aggregation } from './query.ts';
import type { FilterSubject } from './subject.ts';

/** What a table needs of one session: the texts of each key, the numbers of each column. */
export interface Measured {
  readonly keys: readonly (readonly string[])[];
  readonly numbers: readonly (readonly number[])[];
}

export interface TableColumn {
  readonly title: string;
  /** How its cells are meant: `text` of keys, else numbers. */
  readonly kind: FieldKind;
}
export interface Table {
  readonly columns: readonly TableColumn[];
  /** `null`: no session of the group has such a number. A key that is missing is "". */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Sessions that were looked at. */
  readonly sessions: number;
  /** Groups there are, of which `rows` may be the first. */
  readonly groups: number;
  /** Sessions left out because there were too many groups. */
  readonly left: number;
}

const MOST_GROUPS = 200_000;
/** Of a field with several values, as headers, a session is in a group of each; of two such fields, of each pair. */
const MOST_GROUPS_OF_ONE = 100;
/** Between keys; in none of them that people would tell apart. */
const BETWEEN = '\u0000';

const refText = ({ field, name }: FieldRef) => (name === undefined ? field : `${field}:${name}`);
const titleOf = ({ name, of }: Aggregate) => (of === undefined ? name : `${name}(${refText(of)})`);

function kindOf({ name, of }: Aggregate): FieldKind {
  if (name === 'count' || of === undefined) return 'number';
  const { kind } = FIELDS[of.field];
  // An average of ranks or codes is no rank and no code.
  return kind === 'text' || ((kind === 'severity' || kind === 'status') && (name === 'avg' || name === 'sum'))
    ? 'number'
    : kind;
}

/** The minute a session began in, in the zone of this machine. */
function minuteText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 16).replace('T', ' ');
}

/** A field with names and without one is grouped by the names that there are. */
function keyTexts({ field, name }: FieldRef, subject: FilterSubject): readonly string[] {
  const { texts, numbers, kind, named, names } = FIELDS[field];
  if (named !== undefined && name === undefined) return names?.(subject) ?? [];
  if (field === 'finding' || field === 'ws' || texts === undefined) {
    const found = numbers?.(subject, '') ?? [];
    if (kind === 'time') return found.map(minuteText);
    if (kind === 'severity') return found.map((rank) => Severity.options[rank - 1] ?? 'none');
    return found.map(String);
  }
  return texts(subject, name ?? '');
}

/** What has to be loaded of sessions for the table besides their rows. */
export function measuredNeeds({ keys, columns }: Aggregation): ReadonlySet<Need> {
  const refs = [...keys, ...columns.flatMap(({ of }) => of ?? [])];
  // Findings are counted by the row.
  const needs = refs.flatMap(({ field }): readonly Need[] =>
    field === 'ws' ? ['session'] : FIELDS[field].needs,
  );
  return new Set(needs.filter((need) => need !== 'findings'));
}

/** What the table takes from a session. */
export function measure({ keys, columns }: Aggregation, subject: FilterSubject): Measured {
  return {
    keys: keys.map((key) => keyTexts(key, subject)),
    numbers: columns.map(({ of }) =>
      of === undefined ? [] : numbersOf(FIELDS[of.field], subject, of.name ?? ''),
    ),
  };
}

/** Numbers of one column in one group. */
class Accumulator {
  readonly #rank: number | undefined;
  readonly #values: number[] = [];
  readonly #name: Aggregate['name'];
  #count = 0;
  #sum = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  constructor({ name }: Aggregate) {
    this.#name = name;
    this.#rank = name.startsWith('p') ? Number(name.slice(1)) / 100 : undefined;
  }

  add(numbers: readonly number[]): void {
    if (this.#name === 'count') this.#count += 1;
    for (const value of numbers) {
      this.#count += 1;
      if (this.#rank !== undefined) this.#values.push(value);
      this.#sum += value;
      if (value < this.#least) this.#least = value;
      if (value > this.#most) this.#most = value;
    }
  }

  result(): number | null {
    if (this.#name === 'count') return this.#count;
    if (this.#name === 'sum') return this.#sum;
    if (this.#count === 0) return null;
    if (this.#name === 'avg') return this.#sum / this.#count;
    if (this.#name === 'min') return this.#least;
    if (this.#name === 'max') return this.#most;
    const sorted = Float64Array.from(this.#values).sort();
    return sorted[Math.max(0, Math.ceil((this.#rank ?? 0) * sorted.length) - 1)] ?? null;
  }
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  let all: string[][] = [[]];
  for (const list of lists) {
    const texts = list.length === 0 ? [''] : [...new Set(list)];
    all = all.flatMap((before) => texts.map((text) => [...before, text])).slice(0, MOST_GROUPS_OF_ONE);
  }
  return all;
}

export class Aggregator {
  readonly #wanted: Aggregation;
  readonly #most: number;
  readonly #groups = new Map<string, { keys: readonly string[]; columns: Accumulator[] }>();
  #sessions = 0;
  #left = 0;

  constructor(wanted: Aggregation, most = MOST_GROUPS) {
    this.#wanted = wanted;
    this.#most = most;
    if (wanted.keys.length === 0) this.#open('', []);
  }

  add({ keys, numbers }: Measured): void {
    this.#sessions += 1;
    let counted = false;
    for (const texts of combinations(keys)) {
      const key = texts.join(BETWEEN);
      const group =
        this.#groups.get(key) ?? (this.#groups.size < this.#most ? this.#open(key, texts) : undefined);
      if (group === undefined) continue;
      counted = true;
      for (const [i, column] of group.columns.entries()) column.add(numbers[i] ?? []);
    }
    if (!counted) this.#left += 1;
  }

  table(): Table {
    const { keys, columns, limit } = this.#wanted;
    const rows = [...this.#groups.values()].map((group) => [
      ...group.keys,
      ...group.columns.map((column) => column.result()),
    ]);
    const by = keys.length;
    const rank = (row: (typeof rows)[number]) => Number(row[by] ?? Number.NEGATIVE_INFINITY);
    const name = (row: (typeof rows)[number]) => row.slice(0, by).join(BETWEEN);
    rows.sort((a, b) => {
      const [first, second] = [rank(a), rank(b)];
      if (first !== second) return second > first ? 1 : -1;
      return name(a) < name(b) ? -1 : 1;
    });
    return {
      columns: [
        ...keys.map((key) => ({ title: refText(key), kind: 'text' as const })),
        ...columns.map((column) => ({ title: titleOf(column), kind: kindOf(column) })),
      ],
      rows: limit === undefined ? rows : rows.slice(0, limit),
      sessions: this.#sessions,
      groups: rows.length,
      left: this.#left,
    };
  }

  #open(key: string, keys: readonly string[]) {
    const group = { keys, columns: this.#wanted.columns.map((column) => new Accumulator(column)) };
    this.#groups.set(key, group);
    return group;
  }
}
