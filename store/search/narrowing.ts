/**
 * What the search index says to filters that look into sessions: of which sessions a condition cannot be true, because the text it asks for
 * is nowhere in them. It says nothing of sessions that the index does not have, and of those with content that filters read as text and
 * searches do not. Only text of ASCII is asked for: that is the same however a head or a body is decoded.
 */
import type { FilterField, FilterLeaf } from '#model/filter/ast.ts';
import type { SessionId } from '#model/session.ts';
import { fold } from './fold.ts';
import { gramsOf } from './grams.ts';
import { candidates, firstIdOf, groupOf, hasBit, lastCovered } from './group.ts';
import { GroupFile } from './group-file.ts';

/** Fields whose texts are pieces of what the index has, as they stand there. */
export const INDEXED_FIELDS: readonly FilterField[] = [
  'header',
  'reqheader',
  'resheader',
  'head',
  'reqhead',
  'reshead',
  'cookie',
  'body',
  'reqbody',
  'resbody',
  'ws',
];

/** The text that a session must hold somewhere for the condition to be true; undefined: none is known. */
function required(leaf: FilterLeaf): string | undefined {
  if (leaf.type === 'word') return leaf.text;
  // `!=` is true of sessions without the text.
  if (leaf.type !== 'text' || leaf.operator === '!=' || !INDEXED_FIELDS.includes(leaf.field))
    return undefined;
  return leaf.text;
}

/** Grams of that text; none where the index is of no help. Of a word, what the row holds is not meant: SQL looks there. */
export function requiredGrams(leaf: FilterLeaf): readonly number[] {
  const text = required(leaf) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text) ? gramsOf(fold(text)) : [];
}

/** For a short while: what is asked of a group of the index is kept. */
export class Narrowing {
  readonly #folder: string;
  readonly #lastId: SessionId | 0;
  readonly #kept = new Map<string, ((id: SessionId) => boolean) | undefined>();

  /** `lastId` is the highest of the capture: an index that knows of more is of another time. */
  constructor(folder: string, lastId: SessionId | 0) {
    this.#folder = folder;
    this.#lastId = lastId;
  }

  /** Those of the sessions that hold no text with all these grams. */
  without(grams: readonly number[], ids: readonly SessionId[]): SessionId[] {
    if (grams.length === 0) return [];
    return ids.filter((id) => this.#lacking(groupOf(id), grams)?.(id) ?? false);
  }

  #lacking(group: number, grams: readonly number[]): ((id: SessionId) => boolean) | undefined {
    const key = `${group} ${grams.join(' ')}`;
    if (this.#kept.has(key)) return this.#kept.get(key);
    const lacking = this.#ask(group, grams);
    this.#kept.set(key, lacking);
    return lacking;
  }

  #ask(group: number, grams: readonly number[]): ((id: SessionId) => boolean) | undefined {
    using file = GroupFile.open(this.#folder, group);
    if (file === undefined || lastCovered(file, group) > this.#lastId) return undefined;
    try {
      const may = candidates(file, grams);
      const { unlike } = file;
      return (id) => may[id - firstIdOf(group)] === 0 && !hasBit(unlike, id);
    } catch {
      // Not what was written: the search finds that out too, and has it made again.
      return undefined;
    }
  }
}
