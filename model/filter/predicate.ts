/** A filter as a function over session rows, for lists in memory. store/filter-sql.ts says the same in SQL; a test holds them together. */
import type { SessionRow } from '../session.ts';
import type { Filter, FilterField } from './ast.ts';
import { FIELDS, foldCase, WORD_FIELDS } from './fields.ts';

export type RowPredicate = (row: SessionRow) => boolean;

const textOf = (field: FilterField, row: SessionRow) => foldCase(String(FIELDS[field].read(row) ?? ''));

function numberOf(field: FilterField, row: SessionRow): number | undefined {
  const value = FIELDS[field].read(row);
  return typeof value === 'number' ? value : undefined;
}

function wildcardTest(pattern: string): (value: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (!value.startsWith(first) || value.length < first.length + last.length) return false;
    let at = first.length;
    // The earliest place for each part leaves most room for the next ones.
    for (const part of rest) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return value.endsWith(last) && at <= value.length - last.length;
  };
}

function textTest(filter: Extract<Filter, { type: 'text' }>): RowPredicate {
  const { field, operator } = filter;
  const wanted = foldCase(filter.text);
  if (operator === ':') return (row) => textOf(field, row).includes(wanted);
  if (operator === '=') return (row) => textOf(field, row) === wanted;
  return (row) => textOf(field, row) !== wanted;
}

function numberTest({ field, operator, value }: Extract<Filter, { type: 'number' }>): RowPredicate {
  const ordered = (compare: (actual: number) => boolean) => (row: SessionRow) => {
    const actual = numberOf(field, row);
    return actual !== undefined && compare(actual);
  };
  switch (operator) {
    case ':':
    case '=':
      return (row) => numberOf(field, row) === value;
    case '!=':
      return (row) => numberOf(field, row) !== value;
    case '>':
      return ordered((actual) => actual > value);
    case '<':
      return ordered((actual) => actual < value);
    case '>=':
      return ordered((actual) => actual >= value);
    case '<=':
      return ordered((actual) => actual <= value);
  }
}

/** Compiles a filter once for many rows. Upper and lower case of A to Z are the same; other letters are compared as they are. */
export function filterPredicate(filter: Filter): RowPredicate {
  switch (filter.type) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = filter.terms.map(filterPredicate);
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = filter.terms.map(filterPredicate);
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = filterPredicate(filter.term);
      return (row) => !test(row);
    }
    case 'word': {
      const wanted = foldCase(filter.text);
      return (row) => WORD_FIELDS.some((field) => textOf(field, row).includes(wanted));
    }
    case 'text':
      return textTest(filter);
    case 'wildcard': {
      const matches = wildcardTest(foldCase(filter.pattern));
      return (row) => matches(textOf(filter.field, row));
    }
    case 'number':
      return numberTest(filter);
  }
}
