import { expect, test } from 'vitest';
import { classify, OwnAddressError, UpstreamProxyError } from '../failure.ts';
import { UpstreamError } from './upstream-error.ts';

test('it is classified as its cause is, and carries what was learned', () => {
  const cause = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
  const error = new UpstreamError(cause, { serverAddress: '127.0.0.1:1' }, { dns: 0.5 });
  expect(classify(error, 'a.test')).toEqual(classify(cause, 'a.test'));
  expect(error).toMatchObject({
    code: 'ECONNREFUSED',
    cause,
    facts: { serverAddress: '127.0.0.1:1' },
    timings: { dns: 0.5 },
  });
});

test.each([
  new OwnAddressError(),
  new UpstreamProxyError('SLUICE_PROXY_REFUSED', 'http://p:1', '403 No'),
  new AggregateError([Object.assign(new Error('one'), { code: 'EHOSTUNREACH' })]),
  new TypeError('something else'),
])('%o', (cause) => {
  expect(classify(new UpstreamError(cause, {}, {}), 'a.test')).toEqual(classify(cause, 'a.test'));
});

test('what is no error is told as text', () => {
  expect(new UpstreamError('odd', {}, {})).toMatchObject({ message: 'odd', code: '' });
});
