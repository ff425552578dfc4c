/**
 * Why traffic failed, in one stable code and one sentence that says what to do. Errors come from sockets, TLS and parsers; the mapping
 * is by error code, never by message.
 */
import type { FailureCode, SessionFailure } from '#model/session.ts';

/** The connected peer turned out to be Sluice itself (RFC 9110 §7.6: a proxy must not forward a message to itself). */
export class OwnAddressError extends Error {
  readonly code = 'SLUICE_OWN_ADDRESS';
}

/** A time limit passed; `phase` says which. */
export class TimeLimitError extends Error {
  readonly code = 'SLUICE_TIMEOUT';
  readonly phase: 'connect' | 'answer';

  constructor(phase: 'connect' | 'answer') {
    super(`time limit: ${phase}`);
    this.phase = phase;
  }
}

/** A server's chain leads to Sluice's own root: the "server" is an interceptor with our key, or Sluice itself. */
export class OwnRootError extends Error {
  readonly code = 'SLUICE_OWN_ROOT';
}

/** The proxy between Sluice and the origins did not do its part. */
export class UpstreamProxyError extends Error {
  readonly code: 'SLUICE_PROXY_REFUSED' | 'SLUICE_PROXY_CREDENTIALS' | 'SLUICE_PROXY_FAILED';
  /** `scheme://host:port`, without credentials. */
  readonly proxy: string;

  constructor(code: UpstreamProxyError['code'], proxy: string, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
    this.proxy = proxy;
  }
}

const CODES: readonly (readonly [FailureCode, RegExp])[] = [
  ['own-address', /^SLUICE_OWN_ADDRESS$/],
  ['timeout', /^(SLUICE_TIMEOUT|ETIMEDOUT|ESOCKETTIMEDOUT)$/],
  ['dns', /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|EBADNAME|ERR_INVALID_IP_ADDRESS)$/],
  ['refused', /^ECONNREFUSED$/],
  ['unreachable', /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|EACCES|EPERM|EINVAL)$/],
  ['tls-expired', /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/],
  ['tls-name', /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/],
  [
    'tls-untrusted',
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/,
  ],
  ['tls-other', /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/],
  ['bad-response', /^HPE_\w+$/],
  ['reset', /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_\w+)$/],
];

/** The `code` of an error; of a failed race of addresses, the code of its first attempt. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const ADVICE: Record<FailureCode, string> = {
  dns: 'The name {host} could not be resolved; check its spelling and this machine’s DNS.',
  refused: '{host} refused the connection; check that a server listens on that port.',
  unreachable: '{host} cannot be reached from this machine; check the address, the network and the firewall.',
  timeout: '{host} did not answer in time; check that the server is up, or try again.',
  reset: '{host} closed the connection before it had answered; look at the server’s log.',
  'tls-untrusted':
    'The certificate of {host} is not signed by an authority that this machine trusts; if it is yours, start Sluice with --upstream-ca.',
  'tls-expired':
    'The certificate of {host} has expired or is not valid yet; renew it, or check this machine’s clock.',
  'tls-name':
    'The certificate of {host} is for another name; check the address, or the server’s certificate.',
  'tls-other': 'The TLS handshake with {host} failed; check which protocol versions and ciphers it offers.',
  'client-tls':
    'The client did not accept Sluice’s certificate for {host}; install Sluice’s root certificate there, or the client pins its certificates.',
  'client-gone': 'The client closed the connection before the exchange was over.',
  'origin-gone':
    '{host} stopped in the middle of its answer; what arrived is kept, and the client’s connection was cut too.',
  'bad-request': 'The request is not valid HTTP and was not forwarded; correct the client.',
  'bad-response': '{host} sent something that is not valid HTTP; look at the server.',
  'own-address': '{host} is Sluice itself; requests to its own ports are not forwarded.',
  other: 'The exchange with {host} failed.',
};

/** A failure of that code about `host`, with the technical reason in brackets when there is one. */
export function failure(code: FailureCode, host: string, reason = ''): SessionFailure {
  const detail = ADVICE[code].replace('{host}', host);
  return { code, detail: reason === '' ? detail : `${detail} (${reason})` };
}

/** Classifies an error of the connection to `host`. */
export function classify(error: unknown, host: string): SessionFailure {
  const technical = errorCode(error);
  const code = CODES.find(([, pattern]) => pattern.test(technical))?.[0] ?? 'other';
  const own = technical.startsWith('SLUICE_');
  const message = error instanceof Error ? error.message : String(error);
  return failure(code, host, own ? '' : code === 'other' ? message : technical);
}

/** The status of the page that tells the client (RFC 9110 §15.6). */
export function failureStatus(code: FailureCode): number {
  if (code === 'timeout') return 504;
  if (code === 'own-address') return 508;
  return code === 'bad-request' ? 400 : 502;
}
