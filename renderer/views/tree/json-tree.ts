/**
 * JSON (RFC 8259) as a tree that is read when it is opened: a container's text is scanned for its direct children and no further, so a body
 * of a hundred megabytes opens at once. Values stay as they were sent: long numbers, escapes, duplicate keys, order. Also several values in
 * a row (NDJSON), and the `)]}'` line that some servers put in front.
 */
import { closingQuote } from '#model/json-text.ts';
import type { TreeKind, TreeNode } from './tree-node.ts';

const QUOTE = 34;

const PREFIX = /^\uFEFF?(?:\)\]\}'[^\n{["]*\n?)?/;
const SPACE = /[\t\n\r ]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function fault(at: number, wanted: string): Error {
  return new Error(`not JSON at character ${at + 1}: ${wanted}`);
}

function afterSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** Index after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  const quote = closingQuote(text, start);
  if (quote < 0) throw fault(start, 'a string does not end');
  return quote + 1;
}

/** Brackets and strings: all that matters for finding where a container ends. */
const STRUCTURE = /["[\]{}]/g;

/** Index after the container that begins at `start`; what is inside is not checked until it is opened. */
function containerEnd(text: string, start: number): number {
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (let found = STRUCTURE.exec(text); found !== null; found = STRUCTURE.exec(text)) {
    const code = text.charCodeAt(found.index);
    if (code === QUOTE) STRUCTURE.lastIndex = stringEnd(text, found.index);
    else if (found[0] === '[' || found[0] === '{') depth += 1;
    else {
      depth -= 1;
      if (depth === 0) return found.index + 1;
    }
  }
  throw fault(start, 'a bracket is not closed');
}

function scalarKind(text: string): TreeKind {
  if (text === 'null') return 'null';
  return text === 'true' || text === 'false' ? 'boolean' : 'number';
}

/** What a string says; as it was written where its escapes are not valid. */
function stringText(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return JSON.parse(written);
  } catch {
    return written.slice(1, -1);
  }
}

/** The value at `start` and the index after it. */
function valueAt(text: string, start: number, key: TreeNode['key']): { node: TreeNode; end: number } {
  const first = text[start];
  if (first === '{' || first === '[') {
    const end = containerEnd(text, start);
    const children = () => childrenOf(text, start, end);
    const empty = afterSpace(text, start + 1) === end - 1;
    const source = () => text.slice(start, end);
    const kind = first === '{' ? 'object' : 'array';
    const node: TreeNode = { key, kind, text: '', source, ...(empty ? { count: 0 } : { children }) };
    return { node, end };
  }
  if (first === '"') {
    const end = stringEnd(text, start);
    return { node: { key, kind: 'string', text: stringText(text.slice(start, end)) }, end };
  }
  SCALAR.lastIndex = start;
  const found = SCALAR.exec(text)?.[0];
  if (found === undefined) throw fault(start, first === undefined ? 'it ends too early' : first);
  return { node: { key, kind: scalarKind(found), text: found }, end: start + found.length };
}

function childrenOf(text: string, start: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  const named = text[start] === '{';
  for (let at = afterSpace(text, start + 1); ; ) {
    let key: string | number = nodes.length;
    if (named) {
      if (text[at] !== '"') throw fault(at, 'a name in quotes should stand here');
      const keyEnd = stringEnd(text, at);
      key = stringText(text.slice(at, keyEnd));
      const colon = afterSpace(text, keyEnd);
      if (text[colon] !== ':') throw fault(colon, 'a colon should stand here');
      at = afterSpace(text, colon + 1);
    }
    const value = valueAt(text, at, key);
    nodes.push(value.node);
    at = afterSpace(text, value.end);
    if (at === end - 1) return nodes;
    if (text[at] !== ',') throw fault(at, 'a comma should stand here');
    at = afterSpace(text, at + 1);
  }
}

/**
 * The tree of a JSON text. @throws Error when its outermost level is not JSON; deeper levels say so when they are opened.
 */
export function jsonTree(text: string): TreeNode {
  const values: TreeNode[] = [];
  for (
    let at = afterSpace(text, PREFIX.exec(text)?.[0].length ?? 0);
    at < text.length || values.length === 0;
  ) {
    const { node, end } = valueAt(text, at, values.length);
    values.push(node);
    at = afterSpace(text, end);
  }
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { ...only, key: undefined };
  return { key: undefined, kind: 'array', text: '', count: values.length, children: () => values };
}
