/**
 * Settings that Charles exports as XML (Map Remote, Map Local, Rewrite, Block List) as rules. What its settings say and rules cannot is told. Not read: what
 * Charles does with several tools on one request, since each file is of one tool.
 */
import { SluiceError } from '#model/errors.ts';
import type { RuleInput } from '#model/rules/rule.ts';
import { escapedRegex, type ImportedRules, RuleCollector, replacing } from './imported.ts';
import { childAt, childrenOf, flagAt, textAt, type XmlElement } from './xml.ts';

type Action = RuleInput['actions'][number];
type When = Exclude<RuleInput['when'], string | undefined>;

const DEFAULT_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };
const wild = (text: string) => /[*?]/.test(text);

interface Location {
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

const locationOf = (element: XmlElement | undefined): Location => {
  const part = (name: string) => (element === undefined ? '' : textAt(element, name));
  return {
    protocol: part('protocol'),
    host: part('host'),
    port: part('port'),
    path: part('path'),
    query: part('query'),
  };
};

const authorityOf = ({ protocol, host, port }: Location) =>
  port === '' || port === DEFAULT_PORT[protocol] ? host : `${host}:${port}`;

const described = (location: Location): string =>
  `${location.protocol === '' ? '' : `${location.protocol}://`}${location.host || '*'}${location.port === '' ? '' : `:${location.port}`}${location.path}`;

/** `*` any run of characters, `?` any one. */
const pattern = (text: string) => escapedRegex(text).replaceAll('\\*', '.*').replaceAll('\\?', '.');

/** Absent: everything. */
function whenOf(location: Location): When | undefined {
  const { protocol, host, port, path, query } = location;
  if ([protocol, host, port, path, query].every((part) => part === '' || part === '*')) return undefined;
  const folder = path.endsWith('/*') && !wild(path.slice(0, -1)) ? path.slice(0, -1) : undefined;
  const plain = protocol !== '' && host !== '' && !wild(`${protocol}${host}${port}`) && query === '';
  if (plain && (path === '' || path === '/*'))
    return { url: { prefix: `${protocol}://${authorityOf(location)}/` } };
  if (plain && folder !== undefined)
    return { url: { prefix: `${protocol}://${authorityOf(location)}${folder}` } };
  const ports =
    port === '' || port === '*' ? '(?::\\d+)?' : port === DEFAULT_PORT[protocol] ? '' : `:${pattern(port)}`;
  const parts = [
    protocol === '' ? 'https?' : pattern(protocol),
    '://',
    // Within the authority a star ends at its end.
    host === '' ? '[^/:]*' : pattern(host).replaceAll('.*', '[^/:]*'),
    ports,
    path === '' ? '(?:/[^?]*)?' : pattern(path.startsWith('/') ? path : `/${path}`),
    query === '' ? '(?:\\?.*)?' : `\\?${pattern(query)}`,
  ];
  return { url: { regex: `(?i)^${parts.join('')}$` } };
}

const matched = (when: When | undefined) => (when === undefined ? {} : { when });

function mapRemote(root: XmlElement, into: RuleCollector): void {
  const on = flagAt(root, 'toolEnabled') ?? true;
  for (const mapping of childrenOf(childAt(root, 'mappings'), 'mapMapping')) {
    const from = locationOf(childAt(mapping, 'sourceLocation'));
    const to = locationOf(childAt(mapping, 'destLocation'));
    const name = `Map ${described(from)}`;
    const target = {
      ...to,
      protocol: to.protocol || from.protocol,
      host: to.host || from.host,
      port: to.port || (to.host === '' ? from.port : ''),
    };
    if (target.protocol === '' || target.host === '' || wild(target.host)) {
      into.note(name, 'Where it leads is not said in full: give protocol and host.');
      continue;
    }
    const path =
      to.path === '' ? '' : from.path.endsWith('*') && to.path.endsWith('/') ? `${to.path}*` : to.path;
    into.add({
      name,
      enabled: on && (flagAt(mapping, 'enabled') ?? true),
      ...matched(whenOf(from)),
      actions: [
        {
          action: 'map-remote',
          to: `${target.protocol}://${authorityOf(target)}${path}${to.query === '' ? '' : `?${to.query}`}`,
          ...(flagAt(mapping, 'preserveHostHeader') ? { keepHost: true } : {}),
        },
      ],
    });
  }
}

function mapLocal(root: XmlElement, into: RuleCollector): void {
  const on = flagAt(root, 'toolEnabled') ?? true;
  for (const mapping of childrenOf(childAt(root, 'mappings'), 'mapLocalMapping')) {
    const from = locationOf(childAt(mapping, 'sourceLocation'));
    const name = `Map ${described(from)}`;
    const dest = textAt(mapping, 'dest');
    if (dest === '') {
      into.note(name, 'It names no file.');
      continue;
    }
    const folder = from.path === '' || from.path.endsWith('*');
    const base = from.path.replace(/\/?\*$/, '');
    into.add({
      name,
      enabled: on && (flagAt(mapping, 'enabled') ?? true),
      ...matched(whenOf(from)),
      actions: [
        folder
          ? { action: 'map-local', folder: dest, ...(base === '' || wild(base) ? {} : { strip: base }) }
          : { action: 'map-local', file: dest },
      ],
    });
    if (flagAt(mapping, 'caseSensitive') === false) into.note(name, 'Paths are looked up with their case.');
  }
}

function blockList(root: XmlElement, into: RuleCollector): void {
  const on = flagAt(root, 'toolEnabled') ?? true;
  for (const match of childrenOf(childAt(root, 'locations'), 'locationMatch')) {
    const location = locationOf(childAt(match, 'location'));
    into.add({
      name: `Block ${described(location)}`,
      enabled: on && (flagAt(match, 'enabled') ?? true),
      ...matched(whenOf(location)),
      actions: [{ action: 'block' }],
    });
  }
  if (textAt(root, 'action') !== '')
    into.note('Block list', 'All are blocked with 403; use "close" where connections are to be dropped.');
}

/** Kinds of Charles's rewrite rules by their number. */
const KIND = {
  addHeader: 1,
  removeHeader: 2,
  modifyHeader: 3,
  host: 4,
  path: 5,
  url: 6,
  body: 7,
  addQuery: 8,
  modifyQuery: 9,
  removeQuery: 10,
  status: 11,
} as const;

function rewriteActions(rule: XmlElement, location: Location): Action[] | string {
  const kind = Number(textAt(rule, 'ruleType'));
  const [matchName, newName] = [textAt(rule, 'matchHeader'), textAt(rule, 'newHeader')];
  const [find, put] = [textAt(rule, 'matchValue'), textAt(rule, 'newValue')];
  if (flagAt(rule, 'matchHeaderRegex') || flagAt(rule, 'newHeaderRegex'))
    return 'Names by pattern are not there.';
  const regex = flagAt(rule, 'matchValueRegex') ?? false;
  const replaced = replacing(find, put, {
    regex,
    anyCase: flagAt(rule, 'caseSensitive') === false,
    whole: flagAt(rule, 'matchWholeValue') ?? false,
  });
  const sides = (['request', 'response'] as const).filter((side) =>
    flagAt(rule, side === 'request' ? 'matchRequest' : 'matchResponse'),
  );
  const both = (make: (side: 'request' | 'response') => Action): Action[] => sides.map(make);
  switch (kind) {
    case KIND.addHeader:
      return both((side) => ({ action: 'add-header', in: side, name: newName, value: put }));
    case KIND.removeHeader:
      if (find !== '') return 'A header is taken out whatever its value.';
      return both((side) => ({ action: 'remove-header', in: side, name: matchName }));
    case KIND.modifyHeader:
      if (newName !== '' && newName.toLowerCase() !== matchName.toLowerCase())
        return 'A header keeps its name.';
      return both((side) =>
        find === ''
          ? { action: 'set-header', in: side, name: matchName, value: put }
          : { action: 'replace-header', in: side, name: matchName, ...replaced },
      );
    case KIND.host:
      if (location.protocol === '' || regex || wild(put) || put === '')
        return 'A host is changed to one that is named, of a protocol that is named.';
      return [{ action: 'map-remote', to: `${location.protocol}://${put}` }];
    case KIND.path:
      return find === '' ? [{ action: 'set-path', path: put }] : [{ action: 'replace-path', ...replaced }];
    case KIND.body:
      return both((side) =>
        find === ''
          ? { action: 'set-body', in: side, body: put }
          : { action: 'replace-body', in: side, ...replaced },
      );
    case KIND.addQuery:
      return [{ action: 'add-query', name: newName, value: put }];
    case KIND.modifyQuery:
      return [
        find === ''
          ? { action: 'set-query', name: matchName, value: put }
          : { action: 'replace-query', name: matchName, ...replaced },
      ];
    case KIND.removeQuery:
      return [{ action: 'remove-query', name: matchName }];
    case KIND.status: {
      const [, status = '', reason = ''] = /^(\d{3})\s*(.*)$/.exec(put) ?? [];
      if (status === '' || find !== '') return 'A status is set to a number, whatever it was.';
      return [{ action: 'set-status', status: Number(status), ...(reason === '' ? {} : { reason }) }];
    }
    case KIND.url:
      return 'A URL is not rewritten as one text: use map-remote, redirect or replace-path.';
    default:
      return `Its kind (${kind}) is not known.`;
  }
}

function rewrites(root: XmlElement, into: RuleCollector): void {
  const sets =
    root.name === 'rewriteSet'
      ? [root]
      : [...childrenOf(root, 'rewriteSet'), ...childrenOf(childAt(root, 'sets'), 'rewriteSet')];
  for (const set of sets) {
    const name = textAt(set, 'name') || 'Rewrite';
    const on = flagAt(set, 'active') ?? true;
    const matches = childrenOf(childAt(set, 'hosts', 'locationPatterns'), 'locationMatch').filter(
      (match) => flagAt(match, 'enabled') ?? true,
    );
    const locations =
      matches.length === 0
        ? [locationOf(undefined)]
        : matches.map((match) => locationOf(childAt(match, 'location')));
    childrenOf(childAt(set, 'rules'), 'rewriteRule').forEach((rule, index) => {
      const label = `${name}, rule ${index + 1}`;
      for (const location of locations) {
        const actions = rewriteActions(rule, location);
        if (typeof actions === 'string') into.note(label, actions);
        else if (actions.length === 0) into.note(label, 'It is for neither requests nor responses.');
        else {
          const whole = locations.length === 1 ? label : `${label}: ${described(location)}`;
          into.add({
            name: whole,
            enabled: on && (flagAt(rule, 'active') ?? true),
            ...matched(whenOf(location)),
            actions,
          });
        }
      }
      if (textAt(rule, 'replaceType') === '1')
        into.note(label, 'All that is found is replaced, not the first alone.');
    });
  }
}

const READERS: Readonly<Record<string, (root: XmlElement, into: RuleCollector) => void>> = {
  map: mapRemote,
  mapRemote,
  mapLocal,
  blacklist: blockList,
  blockList,
  blocklist: blockList,
  rewrite: rewrites,
  'rewriteSet-array': rewrites,
  rewriteSet: rewrites,
};

export const isCharles = (root: XmlElement): boolean => Object.hasOwn(READERS, root.name);

/** @throws SluiceError `bad-file` for settings of another tool */
export function readCharles(root: XmlElement): ImportedRules {
  const read = isCharles(root) ? READERS[root.name] : undefined;
  if (read === undefined) {
    throw new SluiceError(
      'bad-file',
      `"${root.name.slice(0, 40)}" is no settings that can be read: Map Remote, Map Local, Rewrite, Block List.`,
    );
  }
  const into = new RuleCollector();
  read(root, into);
  return into.done();
}
