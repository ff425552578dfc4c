import { describe, expect, it } from 'vitest';
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

const error = (code: string, message = 'technical words') => Object.assign(new Error(message), { code });

describe('why traffic failed', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ERR_STREAM_PREMATURE_CLOSE', 'reset'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['CERT_NOT_YET_VALID', 'tls-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-name'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['CERT_REVOKED', 'tls-untrusted'],
    ['EPROTO', 'tls-other'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-other'],
    ['HPE_INVALID_CONSTANT', 'bad-response'],
    ['EWHATEVER', 'other'],
  ])('%s is %s', (code, kind) => {
    expect(classify(error(code), 'a.test').code).toBe(kind);
  });

  it('is told by code, never by message', () => {
    expect(classify(new Error('ECONNREFUSED'), 'a.test').code).toBe('other');
  });

  it('of a race of addresses is that of its first attempt', () => {
    const race = new AggregateError([error('ECONNREFUSED'), error('EHOSTUNREACH')]);
    expect(errorCode(race)).toBe('ECONNREFUSED');
    expect(classify(race, 'a.test').code).toBe('refused');
    expect(errorCode(new AggregateError([]))).toBe('');
  });

  it.each([
    new Error('x'),
    'text',
    undefined,
    null,
    { code: 'ECONNRESET' },
    Object.assign(new Error('x'), { code: 5 }),
  ])('may be unknown: %j', (thrown) => expect(errorCode(thrown)).toBe(''));
});

describe('the sentence about it', () => {
  /** These are made where more is known than the host: they name it there. */
  const FROM_MORE: readonly string[] = ['upstream-proxy', 'client-certificate'];

  it.each(FailureCode.options.filter((code) => !FROM_MORE.includes(code)))(
    'names the host and says what to do: %s',
    (code) => {
      const { detail } = failure(code, 'a.test:8443');
      expect(detail).toMatch(/^[^{}]+\.$/);
      if (!['bad-request', 'client-gone'].includes(code)) expect(detail).toContain('a.test:8443');
    },
  );

  it('has the technical reason in brackets, but not ours', () => {
    expect(classify(error('ECONNREFUSED'), 'a.test').detail).toMatch(/ \(ECONNREFUSED\)$/);
    expect(classify(error('EWHATEVER', 'odd words'), 'a.test').detail).toMatch(/ \(odd words\)$/);
    expect(classify('odd', 'a.test').detail).toMatch(/ \(odd\)$/);
    expect(classify(new OwnAddressError(), 'a.test')).toEqual(failure('own-address', 'a.test'));
    expect(classify(new TimeLimitError('connect'), 'a.test')).toEqual(failure('timeout', 'a.test'));
  });
});

describe('the sentence about what an origin or a proxy said', () => {
  it.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', /\(ERR_TLS_CERT_ALTNAME_INVALID: technical words\)$/],
    ['INVALID_PURPOSE', /was refused.*\(INVALID_PURPOSE\)$/],
    ['UNSPECIFIED', /was refused.*\(technical words\)$/],
    ['SLUICE_WEAK_CERTIFICATE', /relied on.*\(technical words\)$/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /--upstream-ca/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/],
    ['ERR_SSL_NO_CIPHERS_AVAILABLE', /\(ERR_SSL_NO_CIPHERS_AVAILABLE\)$/],
  ])('%s', (code, detail) => expect(classify(error(code), 'a.test').detail).toMatch(detail));

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
  ])('55 TLS alerts by the name that RFC 8446 §6 gives them: %s', (technical, code, words) => {
    const told = classify(error(technical), 'a.test');
    expect(told.code).toBe(code);
    expect(told.detail).toContain(words);
    expect(told.detail).toMatch(/a\.test/);
    expect(told.detail).toContain(`(${technical})`);
  });

  it.each([
    ['SLUICE_PROXY_REFUSED', /^The upstream proxy http:\/\/p:1 did not connect to a\.test;.*\(why\)$/],
    ['SLUICE_PROXY_CREDENTIALS', /^The upstream proxy http:\/\/p:1 needs a user name and password.*\(why\)$/],
    ['SLUICE_PROXY_FAILED', /^The upstream proxy http:\/\/p:1 could not be used.*\(why\)$/],
  ] as const)('%s names the proxy, however deep it lies', (code, detail) => {
    const deep = new UpstreamProxyError(code, 'http://p:1', 'why');
    const wrapped = Object.assign(new Error('why', { cause: deep }), { code });
    for (const one of [deep, wrapped]) {
      expect(classify(one, 'a.test')).toEqual({
        code: 'upstream-proxy',
        detail: expect.stringMatching(detail),
      });
    }
  });

  it('K5 our own root is not an authority that is missing', () => {
    expect(classify(new OwnRootError('x'), 'a.test')).toEqual({
      code: 'tls-untrusted',
      detail: expect.stringMatching(/own root.*\.$/),
    });
  });

  it('takes what is said of a host as it is', () => {
    expect(classify(error('ECONNREFUSED'), '$&{proxy}').detail).toContain('$&{proxy} refused');
  });
});

describe('the status that tells the client', () => {
  it.each(FailureCode.options)('is one of a gateway or the client’s fault: %s', (code) => {
    const expected = { timeout: 504, 'own-address': 508, 'bad-request': 400 }[code as string] ?? 502;
    expect(failureStatus(code)).toBe(expected);
  });
});

it('time limits know their phase', () => {
  expect(new TimeLimitError('answer')).toMatchObject({ phase: 'answer', code: 'SLUICE_TIMEOUT' });
});
