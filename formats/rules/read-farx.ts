/** AutoResponder rules of Fiddler (.farx) as rules: match rules and action strings as its documentation names them. What has no counterpart is told. */
import { inflateRawSync } from 'node:zlib';
import { SluiceError } from '#model/errors.ts';
import { writeValue } from '#model/filter/print.ts';
import { isConnectionField, isFieldValue, isToken } from '#model/rules/parts.ts';
import type { RuleInput } from '#model/rules/rule.ts';
import { type ImportedRules, RuleCollector } from './imported.ts';
import type { XmlElement } from './xml.ts';

type Action = RuleInput['actions'][number];
type When = Exclude<RuleInput['when'], string | undefined>;

/** Larger bodies belong into files. */
const MAX_BODY = 64 * 1024;

/** Patterns of .NET as RE2 has them. */
function patternOf(text: string): string {
  const [, flags = '', rest = text] = /^\(\?([a-z]+)\)(.*)$/s.exec(text) ?? [];
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('');
  const named = rest.replace(/\(\?(?:'(\w+)'|<(\w+)>)/g, (_, quoted, angled) => `(?P<${quoted ?? angled}>`);
  return `${kept === '' ? '' : `(?${kept})`}${named}`;
}

/** Undefined: everything. A text says what is not there. */
function whenOf(match: string): When | undefined | string {
  let rest = match.trim();
  let request = '';
  const method = /^METHOD:(\S+)\s*/i.exec(rest);
  if (method !== null) {
    request = `method=${writeValue(method[1] ?? '')}`;
    rest = rest.slice(method[0].length);
  }
  const and = (more: string) => [request, more].filter(Boolean).join(' ');
  const [, kind = '', value = ''] =
    /^(EXACT|REGEX|NOT|HEADER|FLAG|URLWITHBODY)\s*:\s*(.*)$/is.exec(rest) ?? [];
  switch (kind.toUpperCase()) {
    case 'EXACT':
      return { url: { exact: value }, ...(request && { request }) };
    case 'REGEX':
      return { url: { regex: patternOf(value) }, ...(request && { request }) };
    case 'NOT':
      return { request: and(`not url:${writeValue(value)}`) };
    case 'HEADER': {
      const [, name = '', text = ''] = /^([^=:\s]+)\s*[=:]\s*(.*)$/.exec(value) ?? [];
      return isToken(name)
        ? { request: and(`reqheader:${name}:${writeValue(text)}`) }
        : 'A header is matched by NAME=VALUE.';
    }
    case 'FLAG':
      return 'Flags of Fiddler’s sessions are not there.';
    case 'URLWITHBODY':
      return 'URL and body are matched by one pattern in Fiddler; use a filter with url and reqbody.';
    default:
      if (rest === '' || rest === '*') return request === '' ? undefined : { request };
      return { request: and(`url:${writeValue(rest.replace(/^\*+|\*+$/g, ''))}`) };
  }
}

const header = (text: string): Action | string => {
  const [, name = '', value = ''] = /^([^=:]+)[=:](.*)$/s.exec(text) ?? [];
  if (!isToken(name.trim()) || !isFieldValue(value) || isConnectionField(name.trim()))
    return 'The header cannot be set.';
  return { action: 'set-header', name: name.trim(), value: value.trim() };
};

function actionOf(text: string): Action | string {
  const action = text.trim();
  const [, star = '', argument = ''] = /^\*(\w+):?\s*(.*)$/s.exec(action) ?? [];
  switch (star.toLowerCase()) {
    case 'bpu':
      return { action: 'break', at: 'request' };
    case 'bpafter':
      return { action: 'break', at: 'response' };
    case 'drop':
      return { action: 'close' };
    case 'reset':
      return { action: 'reset' };
    case 'exit':
      return { action: 'stop' };
    case 'delay':
      return /^\d+$/.test(argument)
        ? { action: 'delay', ms: Number(argument) }
        : 'A delay is a number of milliseconds.';
    case 'redir':
      return argument.includes('$')
        ? 'A redirect has no groups of the match.'
        : { action: 'redirect', to: argument, status: 307 };
    case 'header':
      return header(argument);
    case '':
      break;
    default:
      return `"*${star}" has no counterpart.`;
  }
  if (/^https?:\/\//i.test(action)) {
    if (/\$[\d{]/.test(action))
      return 'Where a request is sent has no groups of the match; a prefix ending in * with "to" ending in * does the same for most.';
    return { action: 'map-remote', to: action };
  }
  const status = /^(\d{3})_\w*\.dat$/i.exec(action)?.[1];
  if (status !== undefined) return { action: 'answer', status: Number(status), body: '' };
  if (action === '') return 'It does nothing.';
  if (/\$[\d{]/.test(action)) return 'A file’s name has no groups of the match.';
  return { action: 'map-local', file: action };
}

/** An answer that the rule itself holds. Undefined where it holds none. */
function heldAnswer(rule: XmlElement): Action | string | undefined {
  const heads = rule.attributes.get('Headers');
  if (heads === undefined) return undefined;
  const [line = '', ...fields] = Buffer.from(heads, 'base64').toString('latin1').split(/\r?\n/);
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(line)?.[1] ?? 200);
  const deflated = rule.attributes.get('DeflatedBody');
  let body: Buffer;
  try {
    body =
      deflated === undefined
        ? Buffer.from(rule.attributes.get('Body') ?? '', 'base64')
        : inflateRawSync(Buffer.from(deflated, 'base64'), { maxOutputLength: MAX_BODY });
  } catch {
    return `Its answer is larger than ${MAX_BODY} bytes, or damaged: put it into a file.`;
  }
  const text = body.toString('utf8');
  if (body.length > MAX_BODY || !Buffer.from(text).equals(body))
    return 'Its answer is not text, or large: put it into a file.';
  const headers = fields.flatMap((field): [string, string][] => {
    const colon = field.indexOf(':');
    const [name, value] = [field.slice(0, colon), field.slice(colon + 1).trim()];
    const usable = colon > 0 && isToken(name) && isFieldValue(value) && !isConnectionField(name);
    return usable && name.toLowerCase() !== 'content-encoding' ? [[name, value]] : [];
  });
  return { action: 'answer', status: status < 200 || status > 599 ? 200 : status, headers, body: text };
}

function addRule(rule: XmlElement, into: RuleCollector, on: boolean, latency: boolean): void {
  const say = (name: string) => rule.attributes.get(name) ?? '';
  const match = say('Match');
  const name = say('Comment').trim() || match;
  const when = whenOf(match);
  if (typeof when === 'string') {
    into.note(name, when);
    return;
  }
  const action = heldAnswer(rule) ?? actionOf(say('Action'));
  if (typeof action === 'string') {
    into.note(name, action);
    return;
  }
  const delay = Number(say('Latency'));
  const once = say('DisableOnMatch').toLowerCase() === 'true';
  const times = once ? 1 : Number(say('MaxMatchCount'));
  into.add({
    name,
    enabled: on && ['true', '1'].includes(say('Enabled').toLowerCase() || 'true'),
    ...(when === undefined ? {} : { when }),
    ...(Number.isInteger(times) && times > 0 ? { times } : {}),
    actions: [...(latency && delay > 0 ? [{ action: 'delay' as const, ms: delay }] : []), action],
  });
}

function walk(element: XmlElement, into: RuleCollector, on: boolean, latency: boolean): void {
  for (const child of element.children) {
    const enabled = on && (child.attributes.get('Enabled')?.toLowerCase() ?? 'true') !== 'false';
    if (child.name === 'ResponseRule') addRule(child, into, on, latency);
    else if (child.name === 'State' || child.name === 'ResponseGroup') {
      walk(child, into, enabled, latency || child.attributes.get('UseLatency')?.toLowerCase() === 'true');
      if (child.attributes.get('Fallthrough')?.toLowerCase() === 'false') {
        into.note(
          'Unmatched requests',
          'What no rule matches goes on to the origin; a last rule with answer 404 stops it.',
        );
      }
    }
  }
}

/** @throws SluiceError `bad-file` */
export function readFarx(root: XmlElement): ImportedRules {
  if (root.name !== 'AutoResponder')
    throw new SluiceError('bad-file', 'These are no AutoResponder rules of Fiddler.');
  const into = new RuleCollector();
  walk(root, into, true, false);
  return into.done();
}
