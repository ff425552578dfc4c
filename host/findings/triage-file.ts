/**
 * `sluice.findings.toml`: what people have said of findings, in a file that they keep in git (docs/findings.md). Every fault is told with its
 * line, and a file with one counts for nothing. Changing an entry leaves all else in the file as it was written.
 */
import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { AccountFilters } from '#model/account-filters.ts';
import { TriageEntry } from '#model/triage.ts';

export interface FileProblem {
  /** From 1 on. */
  readonly line: number;
  readonly message: string;
}

export type ReadTriage =
  | {
      readonly ok: true;
      readonly entries: readonly TriageEntry[];
      /** How logins and logouts are told, where people say so. */
      readonly accounts: AccountFilters;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

export const TRIAGE_FILE = 'sluice.findings.toml';
export const MAX_TRIAGE_BYTES = 4 * 1024 * 1024;
const NEW_FILE = '# What was said of findings; each entry is for those that its patterns fit.\nversion = 1\n';
const TOP_LEVEL = new Set(['version', 'finding', 'accounts']);

interface Place {
  readonly table: AST.TOMLTable;
  readonly line: number;
  readonly lineOf: (key: string) => number;
}

const keyName = (node: AST.TOMLKeyValue) =>
  node.key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value)).join('.');

/** The [[finding]] tables of a document, in order. */
function placesOf(program: AST.TOMLProgram): Place[] {
  return program.body[0].body.flatMap((node) => {
    if (node.type !== 'TOMLTable' || node.kind !== 'array' || node.resolvedKey[0] !== 'finding') return [];
    const line = node.loc.start.line;
    const lines = new Map(node.body.map((pair) => [keyName(pair), pair.loc.start.line]));
    return [{ table: node, line, lineOf: (key: string) => lines.get(key) ?? line }];
  });
}

/** Dates become ms since the epoch; whole numbers are numbers. */
function entryData(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one instanceof Date ? one.getTime() : one]),
  );
}

/** What is wrong with the table of login and logout. */
function accountProblems(node: AST.TOMLTable | AST.TOMLKeyValue, data: unknown): FileProblem[] {
  const { line } = node.loc.start;
  if (node.type !== 'TOMLTable') return [{ line, message: 'Logins are told in a table: [accounts].' }];
  const lines = new Map(node.body.map((pair) => [keyName(pair), pair.loc.start.line]));
  const issues = AccountFilters.safeParse(data).error?.issues ?? [];
  return issues.map(({ path, message }) => ({
    line: lines.get(String(path[0])) ?? line,
    message: path[0] === undefined ? message : `${String(path[0])}: ${message}`,
  }));
}

function readDocument(program: AST.TOMLProgram): ReadTriage {
  const problems: FileProblem[] = [];
  const top = program.body[0].body;
  const data: Record<string, unknown> = getStaticTOMLValue(program);
  for (const node of top) {
    const name = node.type === 'TOMLTable' ? String(node.resolvedKey[0]) : keyName(node);
    const { line } = node.loc.start;
    if (!TOP_LEVEL.has(name)) {
      problems.push({ line, message: `"${name}" is not known here: entries begin with [[finding]].` });
    } else if (name === 'version' && Number(data.version) !== 1) {
      problems.push({ line, message: 'The version of this file is not known; update Sluice to read it.' });
    } else if (name === 'accounts') {
      problems.push(...accountProblems(node, data.accounts));
    } else if (name === 'finding' && (node.type !== 'TOMLTable' || node.kind !== 'array')) {
      problems.push({ line, message: 'Entries are written as [[finding]], with two brackets.' });
    }
  }
  const entries: TriageEntry[] = [];
  if (problems.length > 0) return { ok: false, problems };
  const given = Array.isArray(data.finding) ? data.finding : [];
  for (const [i, { line, lineOf }] of placesOf(program).entries()) {
    const read = TriageEntry.safeParse(entryData(given[i]));
    if (read.success) entries.push(read.data);
    for (const { path, message, code, ...more } of read.error?.issues ?? []) {
      const [stranger] = code === 'unrecognized_keys' && 'keys' in more ? (more.keys as string[]) : [];
      const key = stranger ?? path[0];
      const place = key === undefined ? line : lineOf(String(key));
      problems.push({ line: place, message: key === undefined ? message : `${String(key)}: ${message}` });
    }
  }
  const accounts = AccountFilters.safeParse(data.accounts ?? {}).data ?? {};
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries, accounts };
}

type Parsed =
  | { readonly ok: true; readonly program: AST.TOMLProgram }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

function parse(text: string): Parsed {
  if (text.length > MAX_TRIAGE_BYTES)
    return {
      ok: false,
      problems: [{ line: 1, message: `Such a file has at most ${MAX_TRIAGE_BYTES} bytes.` }],
    };
  try {
    return { ok: true, program: parseTOML(text) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return {
      ok: false,
      problems: [{ line: error.lineNumber, message: `This is not TOML: ${error.message}.` }],
    };
  }
}

/** An empty file holds no entries. Never throws for what stands in the file. */
export function readTriage(text: string): ReadTriage {
  const parsed = parse(text);
  return parsed.ok ? readDocument(parsed.program) : parsed;
}

/** A basic string (TOML 1.0 §String): JSON's, but for DEL and halves of surrogate pairs. */
const quoted = (text: string) => JSON.stringify(text.toWellFormed()).replaceAll('\x7f', '\\u007f');

function entryText(entry: TriageEntry): string {
  const { since, ...words } = entry;
  const lines = Object.entries(words)
    .map(([key, value]) => (value === undefined ? '' : `${key} = ${quoted(value)}`))
    .filter((line) => line !== '');
  if (since !== undefined) lines.push(`since = ${new Date(since).toISOString()}`);
  return `[[finding]]\n${lines.join('\n')}\n`;
}

/**
 * The file's text with the entry at `index` replaced (or, without a new one, taken away); at the end where there is none at that index.
 * `text` must be one that can be read.
 */
export function withEntry(text: string, index: number | undefined, entry: TriageEntry | undefined): string {
  const parsed = parse(text);
  const place = parsed.ok && index !== undefined ? placesOf(parsed.program)[index] : undefined;
  if (place === undefined) {
    if (entry === undefined) return text;
    const before = text.trim() === '' ? NEW_FILE : text.replace(/\n*$/, '\n');
    return `${before}\n${entryText(entry)}`;
  }
  const [start, end] = place.table.range;
  const after = text.slice(end);
  if (entry !== undefined) return `${text.slice(0, start)}${entryText(entry).trimEnd()}${after}`;
  return `${text.slice(0, start)}${after.replace(/^[^\n]*\n\n?/, '')}`;
}
