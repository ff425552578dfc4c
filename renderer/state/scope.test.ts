import { describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { sessionPredicate } from '#model/filter/predicate.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import {
  effectiveFilter,
  hiddenFilter,
  isNarrow,
  NO_SCOPE,
  NOISES,
  onlyPlace,
  placeCondition,
  placeName,
  quoted,
  type Scope,
  withNoise,
  withPlace,
  withRange,
} from './scope.ts';

const API = { host: 'api.test', path: [] };
const ORDERS = { host: 'api.test', path: ['v2', 'orders'] };
const LOCAL = { host: 'localhost:3000', path: ['{id}'] };

/** Whether a session of that URL passes. */
function passes(
  filter: string,
  url: string,
  more: { mime?: string; startedAt?: number; status?: number } = {},
) {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(`${filter}: ${parsed.problem.message}`);
  const { mime, ...rest } = more;
  const { row } = makeSession({ url, ...rest }).session;
  return sessionPredicate(parsed.filter)({ row: mime === undefined ? row : { ...row, mime } });
}

describe('places', () => {
  it.each([
    [API, '(host=api.test port in (0, 80, 443))'],
    [ORDERS, '(host=api.test port in (0, 80, 443) under=/v2/orders)'],
    [LOCAL, '(host=localhost port=3000 under=/{id})'],
    [{ host: '[::1]', path: [] }, '(host=[::1] port in (0, 80, 443))'],
    [{ host: '[::1]:8080', path: [] }, '(host=[::1] port=8080)'],
    [{ host: 'a.test', path: ['x y'] }, '(host=a.test port in (0, 80, 443) under="/x y")'],
    [{ host: 'a.test', path: ['v2', ''] }, '(host=a.test port in (0, 80, 443) under=/v2/)'],
  ])('%j are the filter %s', (place, filter) => {
    expect(placeCondition(place)).toBe(filter);
    expect(parseFilter(filter).ok).toBe(true);
  });

  it('have names', () => expect([API, ORDERS].map(placeName)).toEqual(['api.test', 'api.test/v2/orders']));

  it('find what is in them, not what only looks like it', () => {
    const filter = effectiveFilter({ ...NO_SCOPE, include: [ORDERS, LOCAL] }, '');
    expect(passes(filter, 'https://api.test/v2/orders/17')).toBe(true);
    expect(passes(filter, 'https://api.test/v2/orders?x')).toBe(true);
    expect(passes(filter, 'https://api.test/v2/ordersx')).toBe(false);
    expect(passes(filter, 'http://localhost:3000/17/x')).toBe(true);
    expect(passes(filter, 'http://localhost/17/x')).toBe(false);
  });
});

describe('values', () => {
  it.each([
    ['a.test', 'a.test'],
    ['or', '"or"'],
    ['a b', '"a b"'],
    ['a"b\\', '"a\\"b\\\\"'],
    ['*', '"*"'],
    ['', '""'],
  ])('%s stand as %s', (value, text) => expect(quoted(value)).toBe(text));
});

describe('a scope', () => {
  it('that is none leaves the filter as it was typed', () => {
    expect(effectiveFilter(NO_SCOPE, 'host:a or host:b')).toBe('host:a or host:b');
    expect(isNarrow(NO_SCOPE)).toBe(false);
  });

  it('joins its parts with the filter, whatever operators that has', () => {
    const scope: Scope = {
      include: [API],
      exclude: [ORDERS],
      noise: ['static'],
      range: { from: 1000, to: 2000 },
    };
    const filter = effectiveFilter(scope, 'path:/a or path:/b');
    const at = { startedAt: 1500 };
    expect(passes(filter, 'https://api.test/a', at)).toBe(true);
    expect(passes(filter, 'https://api.test/b', { startedAt: 2000 })).toBe(false);
    expect(passes(filter, 'https://api.test/c', at)).toBe(false);
    expect(passes(filter, 'https://b.test/b', at)).toBe(false);
    expect(passes(filter, 'https://api.test/v2/orders/b', at)).toBe(false);
    expect(passes(filter, 'https://api.test/b', { ...at, mime: 'image/png' })).toBe(false);
    expect(isNarrow(scope)).toBe(true);
  });

  it('takes a place in and out, and never has it in both lists', () => {
    const shown = withPlace(NO_SCOPE, 'include', API);
    expect(withPlace(shown, 'include', ORDERS).include).toEqual([API, ORDERS]);
    expect(withPlace(shown, 'include', API)).toEqual(NO_SCOPE);
    expect(withPlace(shown, 'exclude', { ...API })).toEqual({ ...NO_SCOPE, exclude: [API] });
    expect(onlyPlace(withPlace(shown, 'include', ORDERS), ORDERS).include).toEqual([ORDERS]);
    expect(onlyPlace(shown, { ...API }).include).toEqual([]);
  });

  it('takes noise and time in and out', () => {
    expect(withNoise(withNoise(NO_SCOPE, 'static'), 'static')).toEqual(NO_SCOPE);
    expect(withRange(withRange(NO_SCOPE, { from: 1, to: 2 }), undefined)).toEqual(NO_SCOPE);
  });
});

describe('noise', () => {
  const hides = (url: string, more = {}) =>
    NOISES.filter((id) => passes(hiddenFilter(NO_SCOPE, '', id), url, more));
  it.each([
    ['https://www.google-analytics.com/g/collect', {}, ['telemetry']],
    ['https://o1.ingest.sentry.io/api/1/envelope/', {}, ['telemetry']],
    ['https://api.test/v2/telemetry/batch', {}, ['telemetry']],
    ['https://api.test/app', { mime: 'text/javascript; charset=utf-8' }, ['static']],
    ['https://api.test/logo.png', { status: 304 }, ['static']],
    ['https://api.test/orders', { mime: 'application/json' }, []],
    ['https://api.test/orders', { status: 304, mime: 'text/html' }, []],
  ])('of %s %j is %j', (url, more, noise) => expect(hides(url, more)).toEqual(noise));

  it('is counted where it would be shown', () => {
    const scope: Scope = { ...NO_SCOPE, include: [API], noise: ['static', 'telemetry'] };
    const filter = hiddenFilter(scope, 'path:/a', 'static');
    expect(passes(filter, 'https://api.test/a.css', { mime: 'text/css' })).toBe(true);
    expect(passes(filter, 'https://b.test/a.css', { mime: 'text/css' })).toBe(false);
    expect(passes(filter, 'https://api.test/a/telemetry', { mime: 'text/css' })).toBe(false);
  });
});
