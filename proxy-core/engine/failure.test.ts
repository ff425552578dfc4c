import { describe, expect, it, test } from 'vitest';
import { FailureCode } from '#model/session.ts';
import {
  classify,
  errorCode,
  failure,
  failureStatus,
  OwnAddressError,
  OwnRootError,
  TimeLimitError,
  UpstreamProxyError,
} from './failure.ts';

const coded = (code: string, message = 'the message') => Object.assign(new Error(message), { code });
const told = (error: unknown) => classify(error, 'origin.test');

describe('errors by their code', () => {
  it.each<[string, FailureCode, RegExp]>([
    ['ENOTFOUND', 'dns', /could not be resolved.*\(ENOTFOUND\)$/],
    ['EAI_AGAIN', 'dns', /\(EAI_AGAIN\)$/],
    ['ECONNREFUSED', 'refused', /refused the connection/],
    ['ENETUNREACH', 'unreachable', /cannot be reached/],
    ['ETIMEDOUT', 'timeout', /\(ETIMEDOUT\)$/],
    ['ECONNRESET', 'reset', /closed the connection/],
    ['CERT_HAS_EXPIRED', 'tls-expired', /expired or is not valid yet/],
    ['CERT_NOT_YET_VALID', 'tls-expired', /expired or is not valid yet/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-name', /\(ERR_TLS_CERT_ALTNAME_INVALID: the message\)$/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted', /--upstream-ca/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted', /--upstream-ca/],
    ['CERT_REVOKED', 'tls-untrusted', /\(CERT_REVOKED\)$/],
    ['INVALID_PURPOSE', 'tls-untrusted', /was refused.*\(INVALID_PURPOSE\)$/],
    ['UNSPECIFIED', 'tls-untrusted', /was refused.*\(the message\)$/],
    ['SLUICE_WEAK_CERTIFICATE', 'tls-untrusted', /relied on.*\(the message\)$/],
    ['EPROTO', 'tls-other', /handshake/],
    ['ERR_SSL_NO_CIPHERS_AVAILABLE', 'tls-other', /\(ERR_SSL_NO_CIPHERS_AVAILABLE\)$/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-other', /does not speak TLS/],
    ['HPE_INVALID_CONSTANT', 'bad-response', /not valid HTTP/],
    ['ESOMETHING', 'other', /\(the message\)$/],
  ])('%s is %s', (technical, code, detail) => {
    expect(told(coded(technical))).toEqual({ code, detail: expect.stringMatching(detail) });
  });
});

describe('55 TLS alerts are told by the name that RFC 8446 §6 gives them', () => {
  it.each<[string, FailureCode, string]>([
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-other', 'alert handshake_failure'],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls-other', 'alert handshake_failure'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-other', 'alert protocol_version'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls-other', 'alert no_application_protocol'],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'tls-other', 'alert unrecognized_name'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-certificate', 'asks for a client certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-certificate', 'alert unknown_ca'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'client-certificate', 'alert bad_certificate'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'client-certificate', 'alert certificate_expired'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'client-certificate', 'alert access_denied'],
  ])('%s', (technical, code, words) => {
    const { code: found, detail } = told(coded(technical));
    expect(found).toBe(code);
    expect(detail).toContain(words);
    expect(detail).toContain('origin.test');
    expect(detail).toContain(`(${technical})`);
  });
});

describe('errors of Sluice’s own', () => {
  it('say what happened without codes', () => {
    expect(told(new OwnAddressError())).toEqual({
      code: 'own-address',
      detail: expect.stringMatching(/Sluice itself.*\.$/),
    });
    expect(told(new TimeLimitError('connect'))).toEqual({
      code: 'timeout',
      detail: expect.stringMatching(/in time.*\.$/),
    });
    expect(told(new OwnRootError('x'))).toEqual({
      code: 'tls-untrusted',
      detail: expect.stringMatching(/own root.*\.$/),
    });
  });

  it.each([
    ['SLUICE_PROXY_REFUSED', /^The upstream proxy http:\/\/p:1 did not connect to origin\.test;.*\(why\)$/],
    ['SLUICE_PROXY_CREDENTIALS', /^The upstream proxy http:\/\/p:1 needs a user name and password.*\(why\)$/],
    ['SLUICE_PROXY_FAILED', /^The upstream proxy http:\/\/p:1 could not be used.*\(why\)$/],
  ] as const)('%s names the proxy, however deep it lies', (code, detail) => {
    const error = new UpstreamProxyError(code, 'http://p:1', 'why');
    const wrapped = Object.assign(new Error('why', { cause: error }), { code });
    for (const one of [error, wrapped])
      expect(told(one)).toEqual({ code: 'upstream-proxy', detail: expect.stringMatching(detail) });
  });
});

test('of several attempts the first tells', () => {
  const all = new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]);
  expect(errorCode(all)).toBe('EHOSTUNREACH');
  expect(told(all).code).toBe('unreachable');
  expect(errorCode(new AggregateError([]))).toBe('');
  expect(errorCode('text')).toBe('');
});

test('what is said of a host is taken as it is', () => {
  expect(classify(coded('ECONNREFUSED'), '$&{proxy}').detail).toContain('$&{proxy} refused');
  expect(failure('refused', 'a.test', 'why').detail).toMatch(/^a\.test refused.*\(why\)$/);
});

test('every code has a sentence and a status', () => {
  for (const code of FailureCode.options) {
    expect(failure(code, 'a.test').detail, code).toMatch(/^[\p{Lu}a].*\.$/u);
    expect([400, 502, 504, 508]).toContain(failureStatus(code));
  }
  expect(failureStatus('timeout')).toBe(504);
  expect(failureStatus('upstream-proxy')).toBe(502);
});
