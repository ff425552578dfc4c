/**
 * How a client broke off TLS with us, in words a person can act on. A client that refuses our certificate mostly says so by an alert
 * (RFC 8446 §6.2), some just close. Alerts are known by the error code of the TLS library, never by its message.
 */
import type { SessionFailure } from '#model/session.ts';
import { errorCode } from '../failure.ts';

/** RFC 8446 §6 and RFC 5246 §7.2, as OpenSSL and BoringSSL spell them in error codes. */
const ALERTS = new Map([
  ['unexpected_message', 10],
  ['bad_record_mac', 20],
  ['record_overflow', 22],
  ['handshake_failure', 40],
  ['no_certificate', 41],
  ['bad_certificate', 42],
  ['unsupported_certificate', 43],
  ['certificate_revoked', 44],
  ['certificate_expired', 45],
  ['certificate_unknown', 46],
  ['illegal_parameter', 47],
  ['unknown_ca', 48],
  ['access_denied', 49],
  ['decode_error', 50],
  ['decrypt_error', 51],
  ['protocol_version', 70],
  ['insufficient_security', 71],
  ['internal_error', 80],
  ['inappropriate_fallback', 86],
  ['user_cancelled', 90],
  ['no_renegotiation', 100],
  ['missing_extension', 109],
  ['unsupported_extension', 110],
  ['unrecognized_name', 112],
  ['bad_certificate_status_response', 113],
  ['unknown_psk_identity', 115],
  ['certificate_required', 116],
  ['no_application_protocol', 120],
]);

const ALERT_CODE = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_(?:ALERT_)?(\w+)$/;

export interface TlsAlert {
  readonly name: string;
  readonly number: number;
}

/** The alert that the peer sent, when the error is one. */
export function alertOf(error: unknown): TlsAlert | undefined {
  const name = ALERT_CODE.exec(errorCode(error))?.[1]?.toLowerCase() ?? '';
  const number = ALERTS.get(name);
  return number === undefined ? undefined : { name, number };
}

/**
 * `alert`: the client said why. `closed`: it closed before the handshake was over. `closed-after`: it finished the handshake and closed
 * without a byte. `time-limit`: it stopped. `unable`: we could not go on with what it sent or offered.
 */
export type RejectionKind = 'alert' | 'closed' | 'closed-after' | 'time-limit' | 'unable';

/** TLS with a client did not come about. */
export class ClientTlsError extends Error {
  readonly code = 'SLUICE_CLIENT_TLS';
  readonly kind: RejectionKind;
  readonly alert: TlsAlert | undefined;

  /** `cause`: the error of the TLS library or socket, if there was one. */
  constructor(kind: RejectionKind, cause?: unknown) {
    super(`TLS with the client: ${kind} ${errorCode(cause)}`.trim(), { cause });
    this.name = 'ClientTlsError';
    this.kind = kind;
    this.alert = alertOf(cause);
  }
}

const GONE =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_STREAM_\w+|ERR_SSL_UNEXPECTED_EOF_WHILE_READING)$/;

/** What an error on the connection means; `established`: it came after the handshake. */
export function rejectionOf(error: Error, established: boolean): ClientTlsError {
  if (alertOf(error)) return new ClientTlsError('alert', error);
  if (!GONE.test(errorCode(error))) return new ClientTlsError('unable', error);
  return new ClientTlsError(established ? 'closed-after' : 'closed', error);
}

/** Alerts by which a client says that it does not accept the certificate. */
const REFUSALS = new Set([42, 43, 44, 45, 46, 48, 49, 113]);

/**
 * Whether the client refused our certificate: `certain` when it said so, `likely` when it only closed once it had seen it, `no` when
 * something else was in the way.
 */
export function refusalOf({ kind, alert }: ClientTlsError): 'certain' | 'likely' | 'no' {
  if (alert) return REFUSALS.has(alert.number) ? 'certain' : 'no';
  return kind === 'closed' || kind === 'closed-after' ? 'likely' : 'no';
}

const INSTALL =
  'install Sluice’s root certificate there; an app on Android trusts it only when its network security configuration allows user ' +
  'certificates, and an app that pins its certificates must be passed through';

const BY_ALERT = new Map([
  [48, `The client does not trust Sluice’s certificate for {host}: ${INSTALL}.`],
  [42, `The client found Sluice’s certificate for {host} bad: ${INSTALL}.`],
  [46, `The client does not accept Sluice’s certificate for {host}: ${INSTALL}.`],
  [49, `The client does not accept Sluice’s certificate for {host}: ${INSTALL}.`],
  [
    45,
    'The client finds Sluice’s certificate for {host} expired or not yet valid: check the clocks of both machines, then install ' +
      'Sluice’s root certificate again.',
  ],
  [
    44,
    'The client holds Sluice’s certificate for {host} for revoked: remove Sluice’s root certificate there and install it again.',
  ],
  [
    43,
    'The client cannot use Sluice’s certificate for {host}: it needs support for certificates with ECDSA P-256 keys.',
  ],
  [70, 'The client speaks no version of TLS that Sluice speaks (1.2 and 1.3): update it.'],
  [71, 'The client finds what Sluice offers for {host} too weak: update it, or pass the host through.'],
  [112, 'The client says that {host} is not the name it asked for: check the address it uses.'],
  [120, 'The client speaks no application protocol that Sluice offered for {host}: pass the host through.'],
]);

const BY_KIND: Record<RejectionKind, string> = {
  alert: 'The client broke off TLS with {host}: if it keeps happening, pass the host through.',
  closed: `The client closed the connection during the TLS handshake for {host}; if it keeps happening, it does not trust Sluice: ${INSTALL}.`,
  'closed-after': `The client closed the connection to {host} right after the TLS handshake; if it keeps happening, it does not trust Sluice: ${INSTALL}.`,
  'time-limit':
    'The client did not finish the TLS handshake for {host} in time: check the client and the network between.',
  unable:
    'The client and Sluice found no way to speak TLS for {host}; check which versions and ciphers the client offers: Sluice takes TLS 1.2 and 1.3.',
};

/** The failure that a session shows, with the alert by name and number, or the library's code, in brackets. */
export function describeRejection(error: ClientTlsError, host: string): SessionFailure {
  const { kind, alert, cause } = error;
  const sentence = (alert && BY_ALERT.get(alert.number)) ?? BY_KIND[kind];
  const technical = alert ? `TLS alert ${alert.name} (${alert.number})` : errorCode(cause);
  const detail = sentence.replace('{host}', host);
  return { code: 'client-tls', detail: technical === '' ? detail : `${detail} (${technical})` };
}
