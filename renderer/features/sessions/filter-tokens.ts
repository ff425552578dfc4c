/** Splits a filter's text into coloured pieces while it is typed. It decides nothing: what a filter means is the parser's word alone. */
import { FILTER_FIELDS } from '#model/filter/ast.ts';

export type FilterTokenKind = 'field' | 'operator' | 'value' | 'keyword' | 'plain';

export interface FilterToken {
  readonly kind: FilterTokenKind;
  readonly text: string;
}

const FIELDS: ReadonlySet<string> = new Set(FILTER_FIELDS);
const PIECE = /\s+|"(?:[^"\\]|\\.)*"?|[()]|!=|>=|<=|[:=<>~]|[^\s:=<>~!()"]+|!/g;
const OPERATOR = /^(?:!=|>=|<=|[:=<>~])$/;

/** The pieces in order; joined they are the text again. */
export function filterTokens(text: string): FilterToken[] {
  const pieces = text.match(PIECE) ?? [];
  const tokens: FilterToken[] = [];
  let afterOperator = false;
  for (const [i, piece] of pieces.entries()) {
    const kind = kindOf(piece, pieces[i + 1], afterOperator);
    tokens.push({ kind, text: piece });
    if (kind === 'operator') afterOperator = true;
    else if (piece.trim() !== '') afterOperator = false;
  }
  return tokens;
}

export interface Piece extends FilterToken {
  /** Whether it stands in the part that was asked for. */
  readonly within: boolean;
}

/** The tokens cut where the part [start, end) begins and ends. */
export function splitAt(tokens: readonly FilterToken[], start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { kind, text } of tokens) {
    const cuts = [0, start - at, end - at, text.length].map((cut) => Math.min(Math.max(cut, 0), text.length));
    for (let i = 0; i < 3; i++) {
      const piece = text.slice(cuts[i], cuts[i + 1]);
      if (piece !== '') pieces.push({ kind, text: piece, within: i === 1 });
    }
    at += text.length;
  }
  return pieces;
}

function kindOf(piece: string, next: string | undefined, afterOperator: boolean): FilterTokenKind {
  if (OPERATOR.test(piece)) return 'operator';
  if (piece.trim() === '' || piece === '(' || piece === ')') return 'plain';
  if (afterOperator) return 'value';
  if (/^(?:and|or|not|in)$/i.test(piece)) return 'keyword';
  if (next !== undefined && OPERATOR.test(next) && FIELDS.has(piece.toLowerCase())) return 'field';
  return 'plain';
}
