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

/** What to show in brackets behind the sentence: the technical code, the error's message, both, or nothing. */
type Shown = 'code' | 'message' | 'both' | 'nothing';

interface Cause {
  readonly code: FailureCode;
  /** Of technical codes; a group is the name of a TLS alert. */
  readonly match: RegExp;
  /** In place of the code's usual sentence. */
  readonly advice?: string;
  /** `code` when absent. */
  readonly shown?: Shown;
}

/** The first that matches counts. */
const CAUSES: readonly Cause[] = [
  { code: 'own-address', match: /^SLUICE_OWN_ADDRESS$/, shown: 'nothing' },
  { code: 'timeout', match: /^SLUICE_TIMEOUT$/, shown: 'nothing' },
  { code: 'timeout', match: /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/ },
  {
    code: 'upstream-proxy',
    match: /^SLUICE_PROXY_REFUSED$/,
    advice:
      'The upstream proxy {proxy} did not connect to {host}; ask who runs it, or put the host on the bypass list.',
    shown: 'message',
  },
  {
    code: 'upstream-proxy',
    match: /^SLUICE_PROXY_CREDENTIALS$/,
    advice: 'The upstream proxy {proxy} needs a user name and password; set them, or correct them.',
    shown: 'message',
  },
  { code: 'upstream-proxy', match: /^SLUICE_PROXY_FAILED$/, shown: 'message' },
  { code: 'dns', match: /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|EBADNAME|ERR_INVALID_IP_ADDRESS)$/ },
  { code: 'refused', match: /^ECONNREFUSED$/ },
  {
    code: 'unreachable',
    match: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|EACCES|EPERM|EINVAL)$/,
  },
  { code: 'tls-expired', match: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/ },
  { code: 'tls-name', match: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, shown: 'both' },
  {
    code: 'tls-untrusted',
    match: /^SLUICE_OWN_ROOT$/,
    advice:
      'The certificate of {host} is signed by Sluice’s own root, which is never trusted for servers; something between here and there uses its key, or the address leads back to Sluice.',
    shown: 'nothing',
  },
  {
    code: 'tls-untrusted',
    match: /^SLUICE_(WEAK|UNREADABLE)_CERTIFICATE$/,
    advice: 'The certificate of {host} cannot be relied on; it needs a new one.',
    shown: 'message',
  },
  // Node has a name for some of OpenSSL's reasons; the others are told by their text.
  {
    code: 'tls-untrusted',
    match: /^UNSPECIFIED$/,
    advice: 'The certificate of {host} was refused; it needs another one.',
    shown: 'message',
  },
  {
    code: 'tls-untrusted',
    match: /^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/,
    advice: 'The certificate of {host} was refused; it needs another one.',
  },
  {
    code: 'tls-untrusted',
    match:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|CRL_\w+|ERROR_IN_\w+)$/,
  },
  {
    code: 'client-certificate',
    match: /^ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED$/,
    advice: '{host} asks for a client certificate; add one for it in the settings.',
  },
  // A server says these about the certificate of its client (RFC 8446 §6.2).
  {
    code: 'client-certificate',
    match:
      /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_ALERT_((?:BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED)$/,
  },
  {
    code: 'tls-other',
    match: /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_(?:ALERT_)?(\w+)$/,
    advice:
      '{host} broke off the TLS handshake with the alert {alert}; check which protocol versions, ciphers and names it takes, and whether it asks for a client certificate.',
  },
  {
    code: 'tls-other',
    match: /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL)$/,
    advice: '{host} does not speak TLS on that port; try http, or another port.',
  },
  { code: 'tls-other', match: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/ },
  { code: 'bad-response', match: /^HPE_\w+$/ },
  { code: 'reset', match: /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_\w+)$/ },
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
  'upstream-proxy': 'The upstream proxy {proxy} could not be used; check its address and that it is up.',
  'client-certificate':
    '{host} did not accept Sluice’s client certificate (alert {alert}); check which one is set for it.',
  'client-tls':
    'The client did not accept Sluice’s certificate for {host}; install Sluice’s root certificate there, or the client pins its certificates.',
  'client-gone': 'The client closed the connection before the exchange was over.',
  'origin-gone':
    '{host} stopped in the middle of its answer; what arrived is kept, and the client’s connection was cut too.',
  'bad-request': 'The request is not valid HTTP and was not forwarded; correct the client.',
  'bad-response': '{host} sent something that is not valid HTTP; look at the server.',
  'own-address': '{host} is Sluice itself; requests to its own ports are not forwarded.',
  rule: 'A rule ended the exchange with {host}.',
  other: 'The exchange with {host} failed.',
};

const bracketed = (detail: string, reason: string) => (reason === '' ? detail : `${detail} (${reason})`);

/** A failure of that code about `host`, with the technical reason in brackets when there is one. */
export function failure(code: FailureCode, host: string, reason = ''): SessionFailure {
  return { code, detail: bracketed(ADVICE[code].replace('{host}', host), reason) };
}

/** The proxy that an error is about; errors that say where they happened carry it as their cause. */
function proxyOf(error: unknown): string {
  if (error instanceof UpstreamProxyError) return error.proxy;
  return error instanceof Error && error.cause !== undefined ? proxyOf(error.cause) : '';
}

/** Classifies an error of the connection to `host`. */
export function classify(error: unknown, host: string): SessionFailure {
  const technical = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  for (const { code, match, advice = ADVICE[code], shown = 'code' } of CAUSES) {
    const found = match.exec(technical);
    if (!found) continue;
    const values: Readonly<Record<string, string>> = {
      host,
      proxy: proxyOf(error),
      alert: found[1]?.toLowerCase() ?? '',
    };
    const reasons = { code: technical, message, both: `${technical}: ${message}`, nothing: '' };
    const detail = advice.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
    return { code, detail: bracketed(detail, reasons[shown]) };
  }
  return failure('other', host, message);
}

/** The status of the page that tells the client (RFC 9110 §15.6). */
export function failureStatus(code: FailureCode): number {
  if (code === 'timeout') return 504;
  if (code === 'own-address') return 508;
  return code === 'bad-request' ? 400 : 502;
}
