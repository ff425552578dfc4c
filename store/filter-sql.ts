/**
 * A filter as an SQL condition over `sessions`, agreeing with model/filter/predicate.ts on every session; a property test holds them
 * together. It calls two functions that the connection must have (filter-functions.ts), by the leaf they are asked about, written as JSON:
 * `sluice_test(leaf, text)` compares what SQL cannot. `sluice_judged(leaf, id)` is null for a session that nobody has looked into yet: SQL's three-valued logic then makes the whole null exactly where it depends on that. Every other condition is 0 or 1, never
 * null, so that `not` means the opposite. User text reaches SQL as parameters only.
 */

import { SluiceError } from '#model/errors.ts';
import type { Filter, FilterField, FilterLeaf } from '#model/filter/ast.ts';
import { FIELDS, WORD_FIELDS } from '#model/filter/fields.ts';
import { leafPredicate, textTest } from '#model/filter/predicate.ts';
import { templatePath } from '#model/path-template.ts';
import { FAILURES, KINDS, SOURCES, STATES } from './codes.ts';
import { BLANK_ROW, URL_TEXT } from './row-codec.ts';

export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
  /** What `sluice_judged` is asked for; without any the condition is never null. */
  readonly judged: readonly FilterLeaf[];
}

/**
 * Where a text field's text is: an expression over the row, or a table that the row's `column` refers to. A table is searched once for
 * all rows, and each row then compares a number.
 */
type TextSource = { readonly sql: string } | { readonly column: string; readonly texts: string };
type TextLeaf = Extract<FilterLeaf, { type: 'text' | 'regex' | 'wildcard' | 'network' }>;

const expression = (sql: string): TextSource => ({ sql });
/** `column` holds the number of a text in a table. */
const reference = (column: string, table: string, text: string): TextSource => ({
  column,
  texts: `SELECT id, ${text} AS text FROM ${table}`,
});
/** `column` holds the number of one of these words. */
const words = (column: string, list: readonly string[]): TextSource => ({
  column,
  texts: `SELECT column1 AS id, column2 AS text FROM (VALUES ${list.map((word, i) => `(${i}, '${word}')`).join(', ')})`,
});

const TEXTS: Readonly<Partial<Record<FilterField, TextSource>>> = {
  method: reference('method', 'texts', 'text'),
  url: expression(URL_TEXT),
  host: reference('origin', 'origins', 'host'),
  path: expression('path'),
  scheme: reference('origin', 'origins', 'scheme'),
  type: reference('mime', 'texts', 'text'),
  protocol: reference('http_version', 'texts', 'text'),
  process: reference('process', 'texts', 'text'),
  error: words('error', FAILURES),
  source: words('source', SOURCES),
  kind: words('kind', KINDS),
  state: words('state', STATES),
  comment: expression("ifnull(comment, '')"),
  // Words and patterns are looked for in the status too.
  status: expression("ifnull(status, '')"),
};

const NUMBERS: Readonly<Partial<Record<FilterField, string>>> = {
  status: 'status',
  size: 'response_size',
  reqsize: 'request_size',
  duration: 'duration_ms',
  time: 'started_at',
  port: '(SELECT port FROM origins WHERE id = origin)',
  ws: 'messages',
  finding: 'findings',
  severity: 'severity',
  mark: 'mark',
  id: 'id',
  parent: 'parent_id',
};

/** What each of them came out as is kept for every session, so there are not more than this in one filter. */
export const MOST_JUDGED = 64;

/** Fields that are worked out of the path, and by the predicate alone. */
const OF_PATH: readonly FilterField[] = ['endpoint', 'under', 'query'];

function known<T>(table: Readonly<Partial<Record<FilterField, T>>>, field: FilterField): T {
  const found = table[field];
  if (found === undefined) throw new Error(`${field} is not compared that way`);
  return found;
}

/** Templates are cut off behind so many characters. */
const MOST_PLAIN = 400;

/** How a leaf is named in SQL and where verdicts on it are kept. */
export const leafKey = (leaf: FilterLeaf): string => JSON.stringify(leaf);

/** What `sluice_test` answers with for the leaf of that key. */
export function testOf(key: string): (text: string) => boolean {
  const leaf = JSON.parse(key) as FilterLeaf;
  if ('field' in leaf && OF_PATH.includes(leaf.field)) {
    const passes = leafPredicate(leaf, 0);
    // One row for all: a million of them would take longer than the comparing.
    const row = { ...BLANK_ROW };
    return (path) => {
      row.path = path;
      return passes({ row });
    };
  }
  if (leaf.type === 'regex' || leaf.type === 'network') return textTest(leaf);
  throw new Error(`${key} is compared in SQL`);
}

/** A path that a template leaves as it is, and in which nothing is cut off. */
const isPlainPath = (text: string) =>
  text.length < MOST_PLAIN && /^\/[^;{}…?#\u0080-\uffff]*$/.test(text) && templatePath(text) === text;

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
const likePattern = (text: string) => `%${escapeLike(text)}%`;

/** Joins in halves: SQLite limits how deep an expression may nest, and a chain of 2,000 terms would be 2,000 deep. */
function join(parts: readonly string[], operator: 'AND' | 'OR'): string {
  const [first] = parts;
  if (first === undefined) return operator === 'AND' ? '1' : '0';
  if (parts.length === 1) return first;
  const half = parts.length >> 1;
  return `(${join(parts.slice(0, half), operator)} ${operator} ${join(parts.slice(half), operator)})`;
}

class Compiler {
  readonly params: (string | number)[] = [];
  readonly judged: FilterLeaf[] = [];
  /** The parameter that holds a leaf. */
  readonly #bound = new Map<string, string>();
  readonly #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  condition(node: Filter): string {
    switch (node.type) {
      case 'all':
        return '1';
      case 'and':
      case 'or': {
        const terms = node.terms.map((term) => this.condition(term));
        return join(terms, node.type === 'and' ? 'AND' : 'OR');
      }
      case 'not':
        return `NOT ${this.condition(node.term)}`;
      case 'word': {
        const pattern = this.#bind(likePattern(node.text));
        const inRow = WORD_FIELDS.filter((field) => FIELDS[field].needs.length === 0).map((field) =>
          this.#inText(field, (text) => `${text} LIKE ${pattern} ESCAPE '\\'`),
        );
        return join([...inRow, this.#judge(node)], 'OR');
      }
      case 'time':
        return `(started_at ${node.operator} ${this.#bind('at' in node ? node.at : this.#now - node.ago)})`;
      case 'number':
        return node.name === undefined ? this.#number(node) : this.#other(node);
      case 'has':
        return this.#other(node);
      default:
        if (node.field === 'finding') return this.#finding(node);
        return TEXTS[node.field] === undefined ? this.#other(node) : this.#text(node);
    }
  }

  #bind(value: string | number): string {
    return `?${this.params.push(value)}`;
  }

  #leaf(leaf: FilterLeaf): string {
    const key = leafKey(leaf);
    const bound = this.#bound.get(key) ?? this.#bind(key);
    this.#bound.set(key, bound);
    return bound;
  }

  /** The same condition twice is looked into once. */
  #judge(leaf: FilterLeaf): string {
    if (!this.#bound.has(leafKey(leaf))) this.judged.push(leaf);
    if (this.judged.length > MOST_JUDGED) {
      throw new SluiceError(
        'filter-syntax',
        `This filter looks for too much inside of sessions: ${MOST_JUDGED} different words and conditions are the most.`,
      );
    }
    return `sluice_judged(${this.#leaf(leaf)}, id)`;
  }

  /** What no column holds: worked out of the path, or seen only inside the session. */
  #other(leaf: Extract<FilterLeaf, { field: FilterField }>): string {
    const below = this.#below(leaf);
    if (below !== undefined) return below;
    return OF_PATH.includes(leaf.field) ? `sluice_test(${this.#leaf(leaf)}, path)` : this.#judge(leaf);
  }

  /** `under=/plain/words`, which SQL compares without templates: nothing else becomes these words. */
  #below(leaf: FilterLeaf): string | undefined {
    if (leaf.type !== 'text' || leaf.field !== 'under' || leaf.operator === ':') return undefined;
    const { text, operator } = leaf;
    if (!isPlainPath(text)) return undefined;
    const exact = `path = ${this.#bind(text)} COLLATE NOCASE`;
    const longer = ['/', '?', '#'].map(
      (next) => `path LIKE ${this.#bind(`${escapeLike(text + next)}%`)} ESCAPE '\\'`,
    );
    const passes = `(${join([exact, ...longer], 'OR')})`;
    return operator === '!=' ? `(NOT ${passes})` : passes;
  }

  /** Whether the text of `field` passes `test`, which makes a condition of an expression. */
  #inText(field: FilterField, test: (text: string) => string): string {
    const source = known(TEXTS, field);
    if ('sql' in source) return `(${test(source.sql)})`;
    return `(${source.column} IN (SELECT id FROM (${source.texts}) WHERE ${test('text')}))`;
  }

  /** How a leaf tests an expression; `!=` as `=`. */
  #tester(leaf: TextLeaf): (text: string) => string {
    if (leaf.type === 'regex' || leaf.type === 'network') {
      const bound = this.#leaf(leaf);
      return (text) => `sluice_test(${bound}, ${text})`;
    }
    if (leaf.type === 'text' && leaf.operator !== ':') {
      const value = this.#bind(leaf.text);
      return (text) => `${text} = ${value} COLLATE NOCASE`;
    }
    const like =
      leaf.type === 'text' ? likePattern(leaf.text) : leaf.pattern.split('*').map(escapeLike).join('%');
    const pattern = this.#bind(like);
    return (text) => `${text} LIKE ${pattern} ESCAPE '\\'`;
  }

  #text(leaf: TextLeaf): string {
    const passes = this.#inText(leaf.field, this.#tester(leaf));
    return leaf.type === 'text' && leaf.operator === '!=' ? `(NOT ${passes})` : passes;
  }

  #finding(leaf: TextLeaf): string {
    const tester = this.#tester(leaf);
    const passes = `(id IN (SELECT session FROM findings WHERE ${tester('check_id')} OR ${tester('title')}))`;
    return leaf.type === 'text' && leaf.operator === '!=' ? `(NOT ${passes})` : passes;
  }

  #number({ field, operator, value }: Extract<FilterLeaf, { type: 'number' }>): string {
    const column = known(NUMBERS, field);
    const bound = this.#bind(value);
    if (operator === ':' || operator === '=') return `(${column} IS ${bound})`;
    if (operator === '!=') return `(${column} IS NOT ${bound})`;
    return `ifnull(${column} ${operator} ${bound}, 0)`;
  }
}

/** The condition for `filter`, with `?1` … `?n` for its params. `now` is what times before now are counted from. */
export function filterSql(filter: Filter, now = Date.now()): SqlCondition {
  const compiler = new Compiler(now);
  const sql = compiler.condition(filter);
  const { params, judged } = compiler;
  return { sql, params, judged };
}

/** Whether the index alone answers the filter. */
export const answeredByIndex = (filter: Filter): boolean => filterSql(filter, 0).judged.length === 0;
