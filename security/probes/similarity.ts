/**
 * How alike two answers are, by shape rather than by value: two orders differ in every number and are still both orders. 0 to 1; undefined
 * when an answer holds too little to be told from any other.
 */
import { jsonLeaves } from '../reading/json-leaves.ts';

export interface Content {
  readonly mime: string | undefined;
  readonly body: Uint8Array;
}

/** More parts than this make no shape clearer. */
const MAX_PARTS = 20_000;
/** A text of fewer words says nothing, and neither does JSON without one value. */
const MIN_WORDS = 5;

const isJson = (mime: string | undefined) => /^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(mime ?? '');
const isText = (mime: string | undefined) => /^text\/|[+/]xml$/.test(mime ?? '');

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function take<T>(items: Iterable<T>): Set<T> {
  const taken = new Set<T>();
  for (const item of items) {
    taken.add(item);
    if (taken.size >= MAX_PARTS) break;
  }
  return taken;
}

/** "items[].price number" for each value; the positions in lists do not count, for lists grow. */
function* jsonParts(text: string): Generator<string> {
  for (const { path, kind } of jsonLeaves(text)) {
    // Truth values are in every refusal too: {"ok":false} looks like {"ok":true}.
    if (kind !== 'boolean') yield `${path.replace(/\[\d+\]/g, '[]')} ${kind}`;
  }
}

/** Pairs of neighbouring words, in which letters count and digits do not: dates and prices change. */
function* textParts(text: string): Generator<string> {
  let before = '';
  for (const [word] of text.matchAll(/[A-Za-z\x80-\xff]{2,40}/g)) {
    yield `${before} ${word}`;
    before = word;
  }
}

/** Jaccard: of what either has, what both have. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = a.intersection(b).size;
  return both / (a.size + b.size - both);
}

export function similarity(a: Content, b: Content): number | undefined {
  if (a.body.length === 0 || b.body.length === 0) return a.body.length === b.body.length ? undefined : 0;
  if (isJson(a.mime)) {
    const [one, other] = [take(jsonParts(latin1(a.body))), take(jsonParts(latin1(b.body)))];
    if (one.size === 0) return undefined;
    return isJson(b.mime) ? overlap(one, other) : 0;
  }
  if (a.mime !== b.mime) return 0;
  if (isText(a.mime)) {
    const [one, other] = [take(textParts(latin1(a.body))), take(textParts(latin1(b.body)))];
    return one.size < MIN_WORDS ? undefined : overlap(one, other);
  }
  return Buffer.compare(a.body, b.body) === 0 ? 1 : 0;
}
