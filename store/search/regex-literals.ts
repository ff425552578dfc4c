/**
 * Text that every match of a pattern holds, read off the pattern itself: with it the index can rule sessions out. It answers with what it
 * is sure of and nothing else: with syntax that it does not know, of which an alternative may follow, it answers nothing.
 */

/** Escapes that stand for the punctuation they name; letters and digits are classes, assertions and control characters. */
const isLiteralEscape = (unit: string) => /[^a-zA-Z0-9\s]/.test(unit);

/** Where the group or class that opens at `from` closes; -1 when that is not to be told. */
function closeOf(pattern: string, from: number): number {
  let depth = 0;
  for (let i = from; i < pattern.length; i++) {
    const unit = pattern[i];
    if (unit === '\\') {
      if (/[QE]/.test(pattern[i + 1] ?? '')) return -1;
      i += 1;
    } else if (unit === '[') {
      const end = classEnd(pattern, i);
      if (end < 0) return -1;
      i = end;
      if (depth === 0) return i;
    } else if (unit === '(') depth += 1;
    else if (unit === ')') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** A class ends at the first `]` that is neither its first member, nor escaped, nor of `[:alpha:]`. */
function classEnd(pattern: string, from: number): number {
  let i = from + 1;
  if (pattern[i] === '^') i += 1;
  if (pattern[i] === ']') i += 1;
  for (; i < pattern.length; i++) {
    if (pattern[i] === '\\') i += 1;
    else if (pattern.startsWith('[:', i)) {
      const end = pattern.indexOf(':]', i + 2);
      if (end < 0) return -1;
      i = end + 1;
    } else if (pattern[i] === ']') return i;
  }
  return -1;
}

/** The literals of a pattern (RE2 syntax) that compiles; none where alternatives or flags stand at its outermost level. */
export function requiredLiterals(pattern: string): string[] {
  const literals: string[] = [];
  let current = '';
  const end = () => {
    if (current !== '') literals.push(current);
    current = '';
  };
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern[i] ?? '';
    if (unit === '|' || unit === ')') return [];
    if (unit === '(' || unit === '[') {
      // Flags change what follows them.
      if (/^\(\?[a-zA-Z-]+\)/.test(pattern.slice(i))) return [];
      const close = closeOf(pattern, i);
      if (close < 0) return [];
      i = close;
      end();
    } else if (unit === '\\') {
      const next = pattern[i + 1] ?? '';
      // Of other escapes (\d, \x{61}, \pL, \Q) it is not known where they end.
      if (/[bBAzdDsSwW]/.test(next)) end();
      else if (isLiteralEscape(next)) current += next;
      else return [];
      i += 1;
    } else if (/[?*+{]/.test(unit)) {
      // What stands before may be missing, or come more than once: then it still is there, but nothing follows it at once.
      const optional = unit !== '+' && !/^\{[1-9]/.test(pattern.slice(i));
      if (optional) current = [...current].slice(0, -1).join('');
      end();
      const braces = /^\{\d+(,\d*)?\}/.exec(pattern.slice(i))?.[0];
      if (unit === '{' && braces === undefined) return [];
      i += (braces?.length ?? 1) - 1;
    } else if (/[.^$]/.test(unit)) end();
    else current += unit;
  }
  end();
  return literals;
}
