/**
 * A filter as a function over sessions: rows in memory, or as much of a session as was loaded (subject.ts). store/filter-sql.ts says the
 * same in SQL; a test holds them together.
 */
import type { SessionRow } from '../session.ts';
import type { FieldRef, Filter, FilterLeaf, NumberOperator } from './ast.ts';
import type { FieldInfo } from './fields.ts';
import { foldCase } from './fold-case.ts';
import { parseNetwork } from './network.ts';
import { patternTest } from './pattern.ts';
import type { FilterSubject } from './subject.ts';
import { SESSION_VOCABULARY, type Vocabulary } from './vocabulary.ts';
import { wildcardTest } from './wildcard.ts';

export type RowPredicate = (row: SessionRow) => boolean;
export type SubjectPredicate = (subject: FilterSubject) => boolean;
type TextLeaf = Extract<FilterLeaf, { type: 'text' | 'regex' | 'wildcard' | 'network' }>;

/** Whether one text passes; `!=` is tested as `=`, whose opposite the whole condition is. */
export function textTest(leaf: TextLeaf): (text: string) => boolean {
  switch (leaf.type) {
    case 'text': {
      const wanted = foldCase(leaf.text);
      return leaf.operator === ':'
        ? (text) => foldCase(text).includes(wanted)
        : (text) => foldCase(text) === wanted;
    }
    case 'regex':
      return patternTest(leaf.pattern);
    case 'wildcard': {
      const matches = wildcardTest(foldCase(leaf.pattern));
      return (text) => matches(foldCase(text));
    }
    case 'network':
      return parseNetwork(leaf.network) ?? (() => false);
  }
}

const COMPARE: Readonly<Record<NumberOperator, (a: number, b: number) => boolean>> = {
  ':': (a, b) => a === b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

/** Numbers of a field; of texts with a name, those that are written as numbers. */
export function numbersOf(
  { numbers, texts }: FieldInfo,
  subject: FilterSubject,
  name: string,
): readonly number[] {
  if (numbers !== undefined) return numbers(subject, name);
  return (texts?.(subject, name) ?? [])
    .filter((text) => /^\s*-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(text))
    .map(Number);
}

function numberTest(
  { field, name = '', operator, value }: Extract<FilterLeaf, { type: 'number' }>,
  { info: fields }: Vocabulary,
): SubjectPredicate {
  const info = fields[field];
  if (operator === '!=') return (subject) => !numbersOf(info, subject, name).includes(value);
  const compare = COMPARE[operator];
  return (subject) => numbersOf(info, subject, name).some((actual) => compare(actual, value));
}

const textsOf = ({ field, name = '' }: FieldRef, subject: FilterSubject, { info }: Vocabulary) =>
  info[field].texts?.(subject, name) ?? [];

/** One condition, compiled for many sessions. `now` is what times before now are counted from. */
export function leafPredicate(
  leaf: FilterLeaf,
  now: number,
  vocabulary = SESSION_VOCABULARY,
): SubjectPredicate {
  switch (leaf.type) {
    case 'word': {
      const wanted = foldCase(leaf.text);
      return (subject) =>
        vocabulary.words.some((field) =>
          textsOf({ field }, subject, vocabulary).some((text) => foldCase(text).includes(wanted)),
        );
    }
    case 'has':
      return (subject) => textsOf(leaf, subject, vocabulary).length > 0;
    case 'number':
      return numberTest(leaf, vocabulary);
    case 'time': {
      const { operator } = leaf;
      const at = 'at' in leaf ? leaf.at : now - leaf.ago;
      return ({ row }) => COMPARE[operator](row.startedAt, at);
    }
    default: {
      const passes = textTest(leaf);
      if (leaf.type === 'text' && leaf.operator === '!=')
        return (subject) => !textsOf(leaf, subject, vocabulary).some(passes);
      return (subject) => textsOf(leaf, subject, vocabulary).some(passes);
    }
  }
}

/** Compiles a filter once for many sessions. Upper and lower case of A to Z are the same; other letters are compared as they are. */
export function sessionPredicate(
  filter: Filter,
  now = Date.now(),
  vocabulary = SESSION_VOCABULARY,
): SubjectPredicate {
  switch (filter.type) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = filter.terms.map((term) => sessionPredicate(term, now, vocabulary));
      return (subject) => tests.every((test) => test(subject));
    }
    case 'or': {
      const tests = filter.terms.map((term) => sessionPredicate(term, now, vocabulary));
      return (subject) => tests.some((test) => test(subject));
    }
    case 'not': {
      const test = sessionPredicate(filter.term, now, vocabulary);
      return (subject) => !test(subject);
    }
    default:
      return leafPredicate(filter, now, vocabulary);
  }
}

/** The same over rows alone: whatever is not in a row reads as absent. */
export function filterPredicate(filter: Filter): RowPredicate {
  const test = sessionPredicate(filter);
  return (row) => test({ row });
}
