/**
 * Rule files: YAML that people keep in git, read into a rule set with every fault at its line, and written so that what did not change stays as it was
 * written, comments included. See docs/rules.md. It knows the format; what rules mean the model says.
 */
import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isSeq, LineCounter, type Node, parseDocument, type YAMLSeq } from 'yaml';
import { type RuleProblem, RuleSet } from '#model/rules/rule.ts';

/** Lines begin with 1. */
export interface FileProblem {
  readonly line: number;
  readonly message: string;
}

export type ReadRules =
  | { readonly ok: true; readonly rules: RuleSet }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Larger is no rule file. */
export const MAX_RULE_FILE_BYTES = 16 * 1024 * 1024;

interface Parsed {
  readonly document: Document.Parsed;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  readonly problems: readonly FileProblem[];
}

function parse(text: string): Parsed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    line: counter.linePos(error.pos[0]).line,
    message: error.message,
  }));
  /** The line of what stands at `path`, or of the nearest thing around it that stands in the file. */
  const lineOf = (path: readonly PropertyKey[]): number => {
    let node: unknown = document.contents;
    let at = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => String(item.key) === String(key));
        if (pair === undefined) break;
        if (isNode(pair.key)) at = pair.key.range?.[0] ?? at;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(key)];
        if (isNode(node)) at = node.range?.[0] ?? at;
      } else break;
    }
    return counter.linePos(at).line;
  };
  return { document, lineOf, problems };
}

/** The data of a document. @throws for aliases that would blow up */
const dataOf = (document: Document.Parsed): unknown => document.toJS({ maxAliasCount: 100 });

/** An empty file holds no rules. Never throws. */
export function readRuleText(text: string): ReadRules {
  if (text.length > MAX_RULE_FILE_BYTES) {
    return {
      ok: false,
      problems: [{ line: 1, message: `A rule file has at most ${MAX_RULE_FILE_BYTES} bytes.` }],
    };
  }
  const { document, lineOf, problems } = parse(text);
  if (problems.length > 0) return { ok: false, problems };
  let data: unknown;
  try {
    data = dataOf(document) ?? { version: 1 };
  } catch (error) {
    return {
      ok: false,
      problems: [{ line: 1, message: error instanceof Error ? error.message : String(error) }],
    };
  }
  const result = RuleSet.safeParse(data);
  if (result.success) return { ok: true, rules: result.data };
  const found = result.error.issues
    .flatMap((issue) => deepest(issue))
    .map(({ path, message }) => ({
      line: lineOf(path),
      message,
    }));
  return { ok: false, problems: sorted(found) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly errors?: readonly (readonly Issue[])[] | undefined;
  readonly keys?: readonly string[] | undefined;
  /** What is wrong with a key. */
  readonly issues?: readonly Issue[] | undefined;
}

/** What an alternative that was nearly right says is of more use than "Invalid input". */
function deepest(issue: Issue): { path: readonly PropertyKey[]; message: string }[] {
  if (issue.code === 'invalid_key' && issue.issues?.[0] !== undefined) {
    return [{ path: issue.path, message: issue.issues[0].message }];
  }
  if (issue.code !== 'invalid_union' || issue.errors === undefined || issue.errors.length === 0) {
    const key = issue.code === 'unrecognized_keys' ? issue.keys?.[0] : undefined;
    return [{ path: key === undefined ? issue.path : [...issue.path, key], message: issue.message }];
  }
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  const best = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
  return best.flatMap((inner) => deepest({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Problems that were found in the data, at their lines in the text. */
export function placeProblems(text: string, problems: readonly RuleProblem[]): FileProblem[] {
  const { lineOf } = parse(text);
  return sorted(problems.map(({ path, message }) => ({ line: lineOf(path), message })));
}

const sorted = (problems: readonly FileProblem[]) => problems.toSorted((a, b) => a.line - b.line);

/** `FILE:LINE: message`, a line each. */
export const problemLines = (file: string, problems: readonly FileProblem[]): string =>
  problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n');

/** What a reader would add by itself is not written. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

const brief = (item: object) => {
  const { enabled, when, ...rest } = plain(item) as Record<string, unknown>;
  const { name, ...others } = rest;
  return {
    name,
    ...(enabled === false ? { enabled } : {}),
    ...(when === '' ? {} : { when }),
    ...others,
  };
};

function list(
  document: Document,
  key: 'groups' | 'rules',
  items: readonly { readonly name: string }[],
  before: readonly { readonly name: string }[],
): void {
  const old = document.get(key);
  const nodes = new Map<string, Node>();
  if (isSeq(old)) {
    before.forEach((item, index) => {
      const node = (old as YAMLSeq).items[index];
      if (isNode(node)) nodes.set(item.name, node);
    });
  }
  const known = new Map(before.map((item) => [item.name, item]));
  const made = items.map((item) => {
    const node = nodes.get(item.name);
    return node !== undefined && isDeepStrictEqual(plain(item), plain(known.get(item.name)))
      ? node
      : document.createNode(brief(item));
  });
  if (made.length === 0) document.delete(key);
  else if (isSeq(old)) old.items = made;
  else document.set(key, document.createNode(made));
}

/** `rules` as a file's text; `text` is what the file holds now, of which all stays that says the same. */
export function writeRuleText(rules: RuleSet, text = ''): string {
  const read = readRuleText(text);
  const document = read.ok && text.trim() !== '' ? parse(text).document : new Document({ version: 1 });
  const before = read.ok ? read.rules : { groups: [], rules: [] };
  document.set('version', 1);
  list(document, 'groups', rules.groups, before.groups);
  list(document, 'rules', rules.rules, before.rules);
  return document.toString({ lineWidth: 110 });
}
