/** What the doctor decides by: facts of one run that the host has. Types alone; times in ms since the epoch. */
import type { FailureCode, SessionId } from '#model/session.ts';

/** A client that broke TLS off over our certificate. */
export interface Refusal {
  readonly id: SessionId;
  readonly host: string;
  /** As the failure tells it, where the client sent one: "unknown_ca". */
  readonly alert: string | undefined;
}

/** One of the newest exchanges. Header values as they stood on the wire. */
export interface SeenExchange {
  readonly id: SessionId;
  readonly host: string;
  /** It came through TLS that we decrypted. */
  readonly decrypted: boolean;
  readonly userAgent: string | undefined;
  /** `Alt-Svc` as the client was given it (RFC 7838). */
  readonly altSvc: string | undefined;
  /** The client's own Via, Forwarded or X-Forwarded-For: somebody stands before us. */
  readonly forwarded: string | undefined;
  /** Host of the page that asked, by Origin or Referer. */
  readonly page: string | undefined;
  /** How far the origin's clock is ahead of this machine's, ms, by Date. */
  readonly aheadMs: number | undefined;
  readonly error: FailureCode | undefined;
  /** Who signed the origin's certificate. */
  readonly issuer: string | undefined;
}

export interface RunFacts {
  readonly now: number;
  readonly startedAt: number;
  readonly capturing: boolean;
  /** Newest first, of this run. */
  readonly exchanges: readonly SeenExchange[];
  readonly refusals: readonly Refusal[];
  /** HTTP_PROXY and its like of the program's own environment, names in lower case. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where clients should go, `host:port`. */
  readonly proxy: string;
  /** An upstream proxy is set. */
  readonly hasUpstreamProxy: boolean;
  /** A setting or a rule takes Alt-Svc out. */
  readonly stripsAltSvc: boolean;
  readonly caExpires: number;
}
