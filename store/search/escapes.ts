/**
 * Escaped text as people read it: `Z\u00fcrich` of JSON and `Z%C3%BCrich` of URLs and forms are Zürich. A reading knows where each of its
 * characters stands in the text it was made from. Pure; never fails: what is no escape stays as it is.
 */

/** A text without its escapes. */
export interface Reading {
  readonly text: string;
  /** The range of the original text that [start, end) of the reading stands for; undefined when no escape is in it. */
  original(start: number, end: number): readonly [number, number] | undefined;
}

/** One run of escapes: `from`, `to` in the original; `at`, `end` in the reading. */
interface Escape {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly end: number;
}

const JSON_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const PERCENT_RUN = /(?:%[0-9a-fA-F]{2})+/g;
const FORM_RUN = /(?:%[0-9a-fA-F]{2})+|\+/g;

function readEscapes(
  text: string,
  pattern: RegExp,
  meaning: (...match: string[]) => string,
): Reading | undefined {
  const escapes: Escape[] = [];
  let out = '';
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    out += text.slice(done, match.index);
    const at = out.length;
    done = match.index + match[0].length;
    out += meaning(...match);
    escapes.push({ from: match.index, to: done, at, end: out.length });
  }
  if (escapes.length === 0) return undefined;
  return { text: out + text.slice(done), original: (start, end) => originalRange(escapes, start, end) };
}

/** Index of the first escape that ends behind `place`. */
function firstBehind(escapes: readonly Escape[], place: number): number {
  let low = 0;
  let high = escapes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((escapes[middle]?.end ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function originalRange(escapes: readonly Escape[], start: number, end: number) {
  const first = firstBehind(escapes, start);
  const touched = escapes[first];
  if (touched === undefined || touched.at >= end) return undefined;
  const before = escapes[first - 1];
  const from = start >= touched.at ? touched.from : start + (before ? before.to - before.end : 0);
  const last = escapes[firstBehind(escapes, end - 1)];
  if (last !== undefined && last.at < end) return [from, last.to] as const;
  const gone = escapes[firstBehind(escapes, end - 1) - 1];
  return [from, end + (gone ? gone.to - gone.end : 0)] as const;
}

/** With the escapes of JSON strings (RFC 8259 §7) read, which are JavaScript's too; undefined when there are none. */
export function readJson(text: string): Reading | undefined {
  if (!text.includes('\\')) return undefined;
  return readEscapes(text, JSON_ESCAPE, (_, code, short) =>
    code === undefined ? (SHORT[short ?? ''] ?? short ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** With percent-encoded UTF-8 (RFC 3986 §2.1) read, and `+` as a space in forms; undefined when there is none. */
export function readPercent(text: string, form: boolean): Reading | undefined {
  if (!text.includes('%') && !(form && text.includes('+'))) return undefined;
  return readEscapes(text, form ? FORM_RUN : PERCENT_RUN, (run) =>
    run === '+' ? ' ' : Buffer.from(run?.replaceAll('%', '') ?? '', 'hex').toString('utf8'),
  );
}
