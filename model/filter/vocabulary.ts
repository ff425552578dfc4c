/** Which fields a filter knows, and what they mean: those of sessions, unless something else is filtered in the same language. */
import { FILTER_FIELDS, type FilterField } from './ast.ts';
import { FIELDS, type FieldInfo, WORD_FIELDS } from './fields.ts';

export interface Vocabulary {
  readonly names: readonly FilterField[];
  readonly info: Readonly<Record<FilterField, FieldInfo>>;
  /** What a bare word is looked for in. */
  readonly words: readonly FilterField[];
}

export const SESSION_VOCABULARY: Vocabulary = { names: FILTER_FIELDS, info: FIELDS, words: WORD_FIELDS };
