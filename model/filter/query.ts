/**
 * A filter and, after a `|`, the table to make of its sessions:
 *
 *     query := filter [ "|" ( "top" N keys | function {"," function} ["by" keys] ["top" N] ) ]
 *     keys  := field {"," field}
 *
 * where a function is `count` or one of a number as `p95(duration)`. Says where something is wrong as the parser does.
 */
import { FILTER_FIELDS, type FieldRef, type Filter, type FilterProblem } from './ast.ts';
import { FIELDS } from './fields.ts';
import { nearest } from './nearest.ts';
import { parseUpToBar } from './parser.ts';
import { checkPattern } from './pattern.ts';
import { Fault, match, nameAt } from './scan.ts';

export const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'p50', 'p90', 'p95', 'p99'] as const;
export type AggregateFunction = (typeof FUNCTIONS)[number];

/** One column of the table: a function, and of what unless it counts. */
export interface Aggregate {
  readonly name: AggregateFunction;
  readonly of?: FieldRef;
}

export interface Aggregation {
  /** Without any, the table is one row for all sessions. */
  readonly keys: readonly FieldRef[];
  /** The first decides the order, the greatest first. */
  readonly columns: readonly Aggregate[];
  readonly limit?: number;
}

export type QueryResult =
  | { readonly ok: true; readonly filter: Filter; readonly table?: Aggregation }
  | { readonly ok: false; readonly problem: FilterProblem };

const WORD = /[\p{L}\p{N}]+/uy;
const SPACE = /\s*/y;
const MOST_COLUMNS = 20;

class TableParser {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
    this.#skip();
  }

  parse(): Aggregation {
    const start = this.#at;
    if (this.#word('top')) {
      const limit = this.#number();
      return this.#end({ keys: this.#keys(), columns: [{ name: 'count' }], limit });
    }
    const columns = this.#list(() => this.#function());
    const keys = this.#word('by') ? this.#keys() : [];
    const limit = this.#word('top') ? { limit: this.#number() } : {};
    if (columns.length + keys.length > MOST_COLUMNS) {
      throw new Fault(`A table has at most ${MOST_COLUMNS} columns.`, { start, end: this.#text.length });
    }
    return this.#end({ keys, columns, ...limit });
  }

  #skip(): void {
    this.#at += match(SPACE, this.#text, this.#at)?.[0].length ?? 0;
  }

  #peek(): string {
    return match(WORD, this.#text, this.#at)?.[0] ?? '';
  }

  #word(word: string): boolean {
    if (this.#peek().toLowerCase() !== word) return false;
    this.#at += word.length;
    this.#skip();
    return true;
  }

  #sign(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    this.#skip();
    return true;
  }

  /** What stands here, for a fault at it. */
  #here() {
    const length = /^\S+/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
    return { start: this.#at, end: this.#at + length };
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.#sign(',')) items.push(item());
    return items;
  }

  #number(): number {
    const digits = this.#peek();
    if (!/^[1-9]\d{0,5}$/.test(digits))
      throw new Fault('Here a number is missing, as in top 20.', this.#here());
    this.#at += digits.length;
    this.#skip();
    return Number(digits);
  }

  #function(): Aggregate {
    const word = this.#peek();
    const name = FUNCTIONS.find((one) => one === word.toLowerCase());
    if (name === undefined) {
      const near = nearest(word, FUNCTIONS);
      const span = word === '' ? this.#here() : { start: this.#at, end: this.#at + word.length };
      const meant =
        near === undefined ? `One of ${FUNCTIONS.join(', ')} or top is` : `Did you mean "${near}"? That is`;
      throw new Fault(`${meant} wanted here.`, span, near);
    }
    const start = this.#at;
    this.#at += name.length;
    this.#skip();
    if (name === 'count') return { name };
    const example = `as in ${name}(duration)`;
    if (!this.#sign('('))
      throw new Fault(`${name} is of a field, ${example}.`, { start, end: start + name.length });
    const from = this.#at;
    const of = this.#field();
    const { numbers, named } = FIELDS[of.field];
    if (numbers === undefined && named === undefined) {
      throw new Fault(`${of.field} is text; ${name} is of numbers, ${example}.`, {
        start: from,
        end: this.#at,
      });
    }
    if (!this.#sign(')')) throw new Fault('This ( is not closed; add a ).', { start, end: this.#at });
    return { name, of };
  }

  readonly #keys = (): FieldRef[] => this.#list(() => this.#field());

  #field(): FieldRef {
    const word = this.#peek();
    const span = word === '' ? this.#here() : { start: this.#at, end: this.#at + word.length };
    const field = FILTER_FIELDS.find((one) => one === word.toLowerCase());
    if (field === undefined) {
      const near = word === '' ? undefined : nearest(word, FILTER_FIELDS);
      if (word === '') throw new Fault('Here the name of a field is missing.', span);
      const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
      throw new Fault(`There is no field "${word}".${meant}`, span, near);
    }
    this.#at += word.length;
    const kind = FIELDS[field].named;
    if (kind === undefined) {
      this.#skip();
      return { field };
    }
    const colon = this.#text[this.#at] === ':' ? 1 : 0;
    this.#at += colon;
    const name = nameAt(this.#text, this.#at, kind, { start: span.start, end: this.#at });
    if (colon === 0) throw new Fault(`Here a : and a ${kind} are missing.`, span);
    this.#at = name.end;
    this.#skip();
    return { field, name: name.text };
  }

  #end(table: Aggregation): Aggregation {
    if (this.#at < this.#text.length)
      throw new Fault('This is more than a table needs; remove it.', this.#here());
    return table;
  }
}

/** Parses a filter and the table after it. Never throws. Times of day are of the day of `now`. */
export function parseQuery(text: string, now = Date.now()): QueryResult {
  const parsed = parseUpToBar(text, { check: checkPattern, now });
  if (!parsed.ok || parsed.rest === undefined) return parsed;
  try {
    return { ok: true, filter: parsed.filter, table: new TableParser(text, parsed.rest).parse() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, problem: error.problem };
    throw error;
  }
}
