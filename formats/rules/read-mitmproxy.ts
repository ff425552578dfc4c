/**
 * Options of mitmproxy that change traffic (config.yaml: modify_headers, modify_body, map_remote, map_local, block_list) as rules. Each is one text whose
 * first character separates its parts: `/filter/what/with`. Filters are translated; what cannot be is told.
 */
import { SluiceError } from '#model/errors.ts';
import { translateMitmproxy } from '#model/filter/mitmproxy.ts';
import { parseAlone } from '#model/filter/parser.ts';
import { checkIfLoaded } from '#model/filter/pattern-check.ts';
import { laterField } from '#model/rules/filter-fields.ts';
import { isConnectionField, isFieldValue, isToken } from '#model/rules/parts.ts';
import type { RuleInput } from '#model/rules/rule.ts';
import { type ImportedRules, RuleCollector } from './imported.ts';

type Action = RuleInput['actions'][number];
type Side = 'request' | 'response';

export const MITMPROXY_OPTIONS = [
  'modify_headers',
  'modify_body',
  'map_remote',
  'map_local',
  'block_list',
] as const;
type OptionName = (typeof MITMPROXY_OPTIONS)[number];

interface Scope {
  readonly when: RuleInput['when'];
  readonly sides: readonly Side[];
}

/** `~q` and `~s` at its beginning say which message; the rest is a filter. A text says why there is no such scope. */
function scopeOf(filter: string): Scope | string {
  let rest = filter.trim();
  let sides: readonly Side[] = ['request', 'response'];
  const side = /(^|[\s&(])~([qs])(?=$|[\s&)])/.exec(rest);
  if (side !== null) {
    sides = [side[2] === 'q' ? 'request' : 'response'];
    rest = rest.replace(/\s*&?\s*~[qs](?=$|[\s&)])\s*&?\s*/, ' ').trim();
  }
  if (rest === '' || rest === '~all') return { when: '', sides };
  const translated = translateMitmproxy(rest);
  if (!translated.ok) return translated.message;
  const parsed = parseAlone(translated.text, { check: checkIfLoaded, now: 0 });
  if (!parsed.ok) return parsed.problem.message;
  if (laterField(parsed.filter) === undefined) return { when: translated.text, sides };
  return sides.includes('response')
    ? { when: { response: translated.text }, sides: ['response'] }
    : 'What only a response has cannot decide on its request.';
}

const literal = (text: string) => (/^[\w./:-]*$/.test(text) ? text : undefined);
/** `@file` reads a file. */
const fileIn = (text: string) => (text.startsWith('@') ? text.slice(1) : undefined);
/** Groups of Python as RE2 replaces them. */
const replacement = (text: string) =>
  text
    .replace(/\$/g, '\\$')
    .replace(/\\g<(\w+)>|\\(\d)/g, (_, name, digit) =>
      name === undefined ? `$${digit}` : /^\d/.test(name) ? `$${name}` : `\${${name}}`,
    );

function modifyHeaders([name = '', value = '']: readonly string[], { sides }: Scope): Action[] | string {
  if (!isToken(name) || isConnectionField(name)) return `"${name}" is not for rules to write.`;
  if (fileIn(value) !== undefined || !isFieldValue(value))
    return 'The value of a header stands in the rule itself.';
  return sides.map((side) =>
    value === ''
      ? { action: 'remove-header', in: side, name }
      : { action: 'set-header', in: side, name, value },
  );
}

function modifyBody([find = '', put = '']: readonly string[], { sides }: Scope): Action[] | string {
  if (fileIn(put) !== undefined) return 'What is put into a body stands in the rule itself.';
  // Python looks at octets with "." for line ends, too.
  return sides.map((side) => ({
    action: 'replace-body',
    in: side,
    find: `(?s)${find}`,
    with: replacement(put),
    regex: true,
  }));
}

interface Mapped {
  readonly url: string;
  readonly actions: Action[];
}

/** The part of the URL that a pattern finds is replaced: a whole origin, a host, or something of the path. */
function mapRemote([from = '', to = '']: readonly string[], note: (why: string) => void): Mapped | string {
  const plain = literal(from.replace(/\\([./:-])/g, '$1').replace(/^\^/, ''));
  if (plain !== undefined && /^https?:\/\/[^/]+$/.test(plain) && /^https?:\/\/[^/?#\s]+$/.test(to)) {
    return { url: from, actions: [{ action: 'map-remote', to }] };
  }
  if (plain !== undefined && /^[\w-]+(\.[\w-]+)+$/.test(plain) && /^[\w.-]+(:\d+)?$/.test(to)) {
    note('The other host is reached by https.');
    return { url: from, actions: [{ action: 'map-remote', to: `https://${to}` }] };
  }
  if (/^\\?\//.test(from) && to.startsWith('/')) {
    return {
      url: from,
      actions: [{ action: 'replace-path', find: from, with: replacement(to), regex: true }],
    };
  }
  return 'It rewrites a part of the URL that is neither origin, host nor path: use map-remote or replace-path.';
}

function mapLocal([from = '', path = '']: readonly string[]): Mapped {
  const folder = path.endsWith('/') || !/\.\w+$/.test(path);
  return {
    url: from,
    actions: [folder ? { action: 'map-local', folder: path } : { action: 'map-local', file: path }],
  };
}

function blockList([status = '']: readonly string[]): Action[] | string {
  if (status === '444') return [{ action: 'close' }];
  return /^[2-5]\d\d$/.test(status)
    ? [{ action: 'block', status: Number(status) }]
    : 'A status is from 200 to 599.';
}

/** Separator, then two parts or three: without the filter where two are enough. */
function partsOf(text: string, wanted: number): { filter: string; parts: string[] } | undefined {
  const [separator = ''] = text;
  if (separator === '' || /[\w\s]/.test(separator)) return undefined;
  const all = text.slice(1).split(separator);
  if (all.length === wanted) return { filter: '', parts: all };
  if (all.length === wanted + 1) return { filter: all[0] ?? '', parts: all.slice(1) };
  return undefined;
}

/** What is done, and to which URLs beside the filter's. */
function mappedBy(
  option: OptionName,
  parts: readonly string[],
  scope: Scope,
  note: (why: string) => void,
): Mapped | Action[] | string {
  switch (option) {
    case 'modify_headers':
      return modifyHeaders(parts, scope);
    case 'modify_body':
      return modifyBody(parts, scope);
    case 'block_list':
      return blockList(parts);
    case 'map_remote':
      return mapRemote(parts, note);
    case 'map_local':
      return mapLocal(parts);
  }
}

function addOption(option: OptionName, text: string, into: RuleCollector): void {
  const name = `${option}: ${text}`;
  const note = (why: string) => into.note(name, why);
  const given = partsOf(text, option === 'block_list' ? 1 : 2);
  const scope = given === undefined ? 'Its parts cannot be told apart.' : scopeOf(given.filter);
  if (given === undefined || typeof scope === 'string') {
    note(String(scope));
    return;
  }
  const mapped = mappedBy(option, given.parts, scope, note);
  if (typeof mapped === 'string') {
    note(mapped);
    return;
  }
  const { when = '' } = scope;
  const conditions = typeof when === 'object' ? when : when === '' ? {} : { request: when };
  if (Array.isArray(mapped)) into.add({ name, when, actions: mapped });
  else into.add({ name, when: { url: { regex: mapped.url }, ...conditions }, actions: mapped.actions });
}

/** @param options what the YAML says @throws SluiceError `bad-file` without one of the options */
export function readMitmproxyOptions(options: unknown): ImportedRules {
  const given = typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
  const into = new RuleCollector();
  let found = false;
  for (const option of MITMPROXY_OPTIONS) {
    if (!Object.hasOwn(given, option)) continue;
    found = true;
    const texts = Array.isArray(given[option]) ? given[option] : [given[option]];
    for (const text of texts) if (typeof text === 'string') addOption(option, text, into);
  }
  if (!found)
    throw new SluiceError(
      'bad-file',
      `There is none of mitmproxy's options in it: ${MITMPROXY_OPTIONS.join(', ')}.`,
    );
  return into.done();
}
