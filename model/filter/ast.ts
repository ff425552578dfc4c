/**
 * The filter language's syntax tree. One tree serves both the in-memory predicate (predicate.ts) and SQL (store/filter-sql.ts);
 * they must agree, and tests prove it.
 */
export const FILTER_FIELDS = [
  'method',
  'host',
  'path',
  'url',
  'status',
  'type',
  'size',
  'reqsize',
  'duration',
  'time',
  'protocol',
  'scheme',
  'port',
  'endpoint',
  'under',
  'client',
  'server',
  'process',
  'header',
  'reqheader',
  'resheader',
  'head',
  'reqhead',
  'reshead',
  'cookie',
  'query',
  'body',
  'reqbody',
  'resbody',
  'json',
  'ws',
  'tls',
  'mark',
  'comment',
  'finding',
  'severity',
  'error',
  'source',
  'kind',
  'state',
  'id',
  'parent',
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/** `~` is a regular expression (RE2). */
export const OPERATORS = [':', '=', '!=', '~', '>', '<', '>=', '<='] as const;
export type FilterOperator = (typeof OPERATORS)[number];
export type NumberOperator = Exclude<FilterOperator, '~'>;
export type OrderOperator = '>' | '<' | '>=' | '<=';

/** What is compared: a field, and for `header`, `cookie`, `query`, `json` and their like the name or path after its colon. */
export interface FieldRef {
  readonly field: FilterField;
  readonly name?: string;
}

/** A condition on one field, or on all for a word. Of a field with several values one must pass; `!=` is the opposite of `=`. */
export type FilterLeaf =
  /** A bare word: found, case-insensitively, anywhere in the session (see WORD_FIELDS in fields.ts). */
  | { readonly type: 'word'; readonly text: string }
  | (FieldRef & { readonly type: 'text'; readonly operator: ':' | '=' | '!='; readonly text: string })
  /** RE2, found anywhere in the value, case-insensitively. */
  | (FieldRef & { readonly type: 'regex'; readonly pattern: string })
  /** The whole value, case-insensitively; each `*` stands for any run of characters. */
  | (FieldRef & { readonly type: 'wildcard'; readonly pattern: string })
  /** An address within a network written in CIDR (RFC 4632). */
  | (FieldRef & { readonly type: 'network'; readonly network: string })
  | (FieldRef & { readonly type: 'number'; readonly operator: NumberOperator; readonly value: number })
  /** When the session began: ms since the epoch, or so many ms before the moment of the comparison. */
  | ({ readonly type: 'time'; readonly operator: OrderOperator } & (
      | { readonly at: number }
      | { readonly ago: number }
    ))
  /** That there is such a header, cookie, parameter or member. */
  | (FieldRef & { readonly type: 'has' });

export type Filter =
  /** Every session. */
  | { readonly type: 'all' }
  | { readonly type: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly type: 'not'; readonly term: Filter }
  | FilterLeaf;

/** What is wrong with a filter's text, and where: offsets in UTF-16 units, end exclusive. */
export interface FilterProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Text that, put in place of [start, end), would mend it. */
  readonly suggestion?: string;
}

export type FilterResult =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly problem: FilterProblem };
