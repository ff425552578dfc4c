/** What a flow says of its two connections: addresses, TLS, certificates, and how long opening them took. */
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts, ExchangeFacts, Timings, TlsFacts } from '#model/session.ts';
import { addressIn, listIn, mapIn, numberIn, octetsOf, textIn } from './flow-fields.ts';
import type { TnetMap, TnetValue } from './tnetstring.ts';

const MOST_CERTIFICATES = 10;

function certificate(pem: TnetValue): CertificateFacts | undefined {
  try {
    const { subject, issuer, validFrom, validTo, fingerprint256, subjectAltName } = new X509Certificate(
      octetsOf(pem),
    );
    const facts = { subject, issuer, validFrom, validTo, fingerprint256 };
    return subjectAltName === undefined ? facts : { ...facts, altNames: subjectAltName };
  } catch {
    // What is no certificate is no fact.
    return undefined;
  }
}

const without = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
};

function tls(connection: TnetMap, isServer: boolean): TlsFacts | undefined {
  const version = textIn(connection, 'tls_version');
  if (version === undefined && numberIn(connection, 'timestamp_tls_setup') === undefined) return undefined;
  const offered = listIn(connection, 'alpn_offers').map(octetsOf);
  const chain = listIn(connection, 'certificate_list')
    .slice(0, MOST_CERTIFICATES)
    .map(certificate)
    .filter((one) => one !== undefined);
  return without({
    // "TLSv1.3"; older ones wrote "TLSv1.2" alike.
    version,
    cipher: textIn(connection, 'cipher', 'cipher_name'),
    alpn: textIn(connection, 'alpn', 'alpn_proto_negotiated'),
    alpnOffered: offered.length > 0 ? offered : undefined,
    sni: textIn(connection, 'sni'),
    chain: isServer && chain.length > 0 ? chain : undefined,
  });
}

export function flowFacts(flow: TnetMap): ExchangeFacts {
  const client = mapIn(flow, 'client_conn');
  const server = mapIn(flow, 'server_conn');
  // Where TLS was spoken to the client is not told apart from where it only could have been, but by its time.
  return without({
    clientAddress: addressIn(client, 'peername', 'address'),
    serverAddress: addressIn(server, 'peername', 'ip_address'),
    clientTls: tls(client, false),
    serverTls: tls(server, true),
  });
}

/** Whole microseconds: what is below is noise of the subtraction of two epoch times. */
function between(from: number | undefined, to: number | undefined): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return Math.round((to - from) * 1e6) / 1e3;
}

/** Phases that fell into this exchange; a connection that was there before took none of its time. */
export function flowTimings(flow: TnetMap): Timings {
  const request = mapIn(flow, 'request');
  const response = mapIn(flow, 'response');
  const server = mapIn(flow, 'server_conn');
  const began = numberIn(request, 'timestamp_start');
  const sent = numberIn(request, 'timestamp_end');
  const answered = numberIn(response, 'timestamp_start');
  const opened = numberIn(server, 'timestamp_start');
  const connected = numberIn(server, 'timestamp_tcp_setup');
  const secured = numberIn(server, 'timestamp_tls_setup');
  const isNew = opened !== undefined && began !== undefined && opened >= began;
  return without({
    connect: isNew ? between(opened, connected) : undefined,
    tls: isNew ? between(connected, secured) : undefined,
    send: between(began, sent),
    wait: between(isNew ? Math.max(sent ?? 0, secured ?? connected ?? 0) : sent, answered),
    receive: between(answered, numberIn(response, 'timestamp_end')),
  });
}
