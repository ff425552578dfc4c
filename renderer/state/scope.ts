/**
 * What a list is narrowed to besides its filter text: places of the tree, a stretch of time, noise left out. As a value, and as the filter
 * text that it means. Pure.
 */
import type { BranchRef } from '#model/contract/tree.ts';

export const NOISES = ['telemetry', 'static'] as const;
export type NoiseId = (typeof NOISES)[number];

export interface TimeRange {
  /** ms since the epoch, [from, to). */
  readonly from: number;
  readonly to: number;
}

export interface Scope {
  /** Only sessions of one of these places; none: of all. */
  readonly include: readonly BranchRef[];
  readonly exclude: readonly BranchRef[];
  /** Hidden; they are captured all the same. */
  readonly noise: readonly NoiseId[];
  readonly range?: TimeRange;
}

export const NO_SCOPE: Scope = { include: [], exclude: [], noise: [] };

const TELEMETRY_HOSTS = [
  ...['google-analytics.com', 'googletagmanager.com', 'doubleclick.net', 'app-measurement.com'],
  ...['sentry.io', 'segment.io', 'segment.com', 'mixpanel.com', 'amplitude.com', 'hotjar.com', 'clarity.ms'],
  ...['datadoghq.com', 'datadoghq.eu', 'nr-data.net', 'newrelic.com', 'bugsnag.com', 'crashlytics.com'],
  ...['telemetry.', 'analytics.', 'metrics.'],
];
const STATIC_TYPES = ['image', 'font', 'css', 'javascript', 'video', 'audio', 'wasm'];
/** Of answers that name no type, as 304. */
const STATIC_ENDINGS = ['.css', '.woff', '.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.avif', '.ico'];

const anyOf = (field: string, values: readonly string[]) =>
  values.map((value) => `${field}:${value}`).join(' or ');

/** As filter text, in brackets. */
export const NOISE_FILTERS: Readonly<Record<NoiseId, string>> = {
  telemetry: `(${anyOf('host', TELEMETRY_HOSTS)} or ${anyOf('path', ['/telemetry', '/beacon'])})`,
  static: `(${anyOf('type', STATIC_TYPES)} or status=304 (${anyOf('path', STATIC_ENDINGS)}))`,
};

export const quoted = (value: string): string =>
  /^[^\s()",*\\]+$/.test(value) && !/^(and|or|not)$/i.test(value)
    ? value
    : `"${value.replace(/[\\"]/g, '\\$&')}"`;

export const samePlace = (a: BranchRef, b: BranchRef): boolean =>
  a.host === b.host && a.path.length === b.path.length && a.path.every((part, i) => part === b.path[i]);

/** "api.acme.test/v2/orders". */
export const placeName = ({ host, path }: BranchRef): string => [host, ...path].join('/');

/** The ports that URLs leave out: a host without one is both of them. */
const DEFAULT_PORTS = 'port in (0, 80, 443)';

/** The condition that a session of the place meets, in brackets. */
export function placeCondition({ host, path }: BranchRef): string {
  const [, name = host, port] = /^(.*?)(?::(\d+))?$/s.exec(host) ?? [];
  // Of an address in brackets the last colon is its own.
  const own = host.includes(']') && !/\]:\d+$/.test(host);
  const at = own || port === undefined ? DEFAULT_PORTS : `port=${port}`;
  const under = path.length > 0 ? ` under=${quoted(`/${path.join('/')}`)}` : '';
  return `(host=${quoted(own ? host : name)} ${at}${under})`;
}

const anyPlace = (places: readonly BranchRef[]) => {
  const conditions = places.map(placeCondition);
  return conditions.length === 1 ? conditions.join('') : `(${conditions.join(' or ')})`;
};

/** The parts of what a scope means, each of which can be joined with `and`. */
function scopeParts({ include, exclude, noise, range }: Scope): string[] {
  return [
    ...(include.length > 0 ? [anyPlace(include)] : []),
    ...(exclude.length > 0 ? [`not ${anyPlace(exclude)}`] : []),
    ...(range ? [`time>=${moment(range.from)} time<${moment(range.to)}`] : []),
    ...noise.map((id) => `not ${NOISE_FILTERS[id]}`),
  ];
}

/** As the filter language writes it. */
const moment = (ms: number) => new Date(ms).toISOString();

/** The whole filter of a list: "" shows everything. A filter without a scope stays as it was typed. */
export function effectiveFilter(scope: Scope, typed: string): string {
  const parts = scopeParts(scope);
  if (parts.length === 0) return typed;
  return [...parts, ...(typed === '' ? [] : [`(${typed})`])].join(' and ');
}

/** What a preset hides of a list: what would be in it without the preset and is noise. */
export function hiddenFilter(scope: Scope, typed: string, id: NoiseId): string {
  const without = { ...scope, noise: scope.noise.filter((one) => one !== id) };
  const rest = effectiveFilter(without, typed);
  return rest === '' ? NOISE_FILTERS[id] : `${NOISE_FILTERS[id]} and ${rest}`;
}

export const isNarrow = ({ include, exclude, noise, range }: Scope): boolean =>
  include.length + exclude.length + noise.length > 0 || range !== undefined;

const without = (places: readonly BranchRef[], place: BranchRef) =>
  places.filter((one) => !samePlace(one, place));

/** The place in or out of one list; it is never in both. */
export function withPlace(scope: Scope, list: 'include' | 'exclude', place: BranchRef): Scope {
  const other = list === 'include' ? 'exclude' : 'include';
  const there = scope[list].some((one) => samePlace(one, place));
  const rest = without(scope[list], place);
  return { ...scope, [list]: there ? rest : [...rest, place], [other]: without(scope[other], place) };
}

/** This place alone, or all of them again if it was. */
export function onlyPlace(scope: Scope, place: BranchRef): Scope {
  const alone = scope.include.length === 1 && scope.include.some((one) => samePlace(one, place));
  return { ...scope, include: alone ? [] : [place], exclude: without(scope.exclude, place) };
}

export const withNoise = (scope: Scope, id: NoiseId): Scope => ({
  ...scope,
  noise: scope.noise.includes(id) ? scope.noise.filter((one) => one !== id) : [...scope.noise, id],
});

export function withRange({ range: _, ...scope }: Scope, range: TimeRange | undefined): Scope {
  return range === undefined ? scope : { ...scope, range };
}
