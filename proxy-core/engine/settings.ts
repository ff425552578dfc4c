/**
 * What a user can set about how traffic is received and sent on. Types alone; every field is optional and its absence is the default that
 * the comment names. Passwords and keys are held in memory and never told to a session.
 */

/** A proxy between Sluice and the origins. */
export interface UpstreamProxy {
  readonly scheme: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

/** A certificate that Sluice presents to hosts that ask for one. */
export interface ClientCertificate {
  /** Host pattern, see `hostMatcher`. */
  readonly host: string;
  /** PEM texts, or PKCS#12 bytes. */
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: Uint8Array;
  readonly passphrase?: string;
  /**
   * The host asks for it only after it has seen a request; false when absent. TLS 1.2 and HTTP/1.1 are then spoken with it, where
   * renegotiation does this: Node's TLS 1.3 does not offer to be asked after the handshake (RFC 8446 §4.6.2).
   */
  readonly askedLate?: boolean;
}

export interface UpstreamSettings {
  /** Direct when absent. */
  readonly proxy?: UpstreamProxy;
  /** By what is asked for, before `proxy`: plain http, or https and tunnels. */
  readonly proxyFor?: { readonly http?: UpstreamProxy; readonly https?: UpstreamProxy };
  /** Host patterns that are reached directly although there is a proxy; loopback always is. */
  readonly bypass?: readonly string[];
  readonly clientCertificates?: readonly ClientCertificate[];
  /** TLSv1.2 when absent. */
  readonly minTlsVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** Told each line of the TLS key log (NSS format) of both sides. */
  readonly keylog?: (line: Uint8Array) => void;
}

/** Who may use the proxy. */
export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

/** A listener that stands for one origin instead of being a proxy. */
export interface ReverseListener {
  /** Origin, `http(s)://host[:port]`. */
  readonly origin: string;
  /** 0 for any. */
  readonly port: number;
}

export interface InboundSettings {
  /** Asked of clients with 407 (RFC 9110 §11.7) and in SOCKS5 (RFC 1929); none when absent. */
  readonly credentials?: ProxyCredentials;
  readonly reverse?: readonly ReverseListener[];
  /** Host patterns whose TLS is passed through unread. */
  readonly passthrough?: readonly string[];
  /** Pass a host through once a client has refused our certificate for it; false when absent. */
  readonly passRefused?: boolean;
}

export interface ProtocolSettings {
  /** HTTP/2 to clients and origins: as the origin offers (default), never, or to clients whatever the origin speaks. */
  readonly http2?: 'mirror' | 'off' | 'always';
  /** Host patterns whose invalid messages are passed on as they are. */
  readonly lenient?: readonly string[];
  /** Add Via (RFC 9110 §7.6.3); false when absent: a debugging proxy shows what the peers said. */
  readonly via?: boolean;
  /** Take Alt-Svc out of responses (RFC 7838), so that browsers stay on the proxy; false when absent. */
  readonly stripAltSvc?: boolean;
}
