/** Connections to servers whose protocol, cipher or certificate is below what is taken for safe today. */
import type { Severity } from '#model/session.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { requestLine } from '../reading/head-fields.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const OLD = /^(?:SSLv[23]|TLSv1(?:\.[01])?)$/;
/** Broken, or without forward secrecy: names of OpenSSL and of IANA. */
const BROKEN =
  /NULL|EXPORT|(?:^|[-_])EXP[-_]|RC4|RC2|(?:^|[-_])DES(?:[-_]|$)|3DES|DES-CBC3|IDEA|SEED|(?:^|[-_])MD5$|anon|ADH|AECDH/i;
const FORWARD = /^(?:ECDHE|DHE|EDH|TLS_(?:ECDHE|DHE|AES|CHACHA20))/;

/** Whether a name on the certificate covers a host (RFC 6125 §6.4.3). */
function covers(name: string, host: string): boolean {
  const wanted = name.toLowerCase();
  if (!wanted.startsWith('*.')) return wanted === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === wanted.slice(1);
}

function* faults(input: CheckInput): Iterable<readonly [string, string, Severity]> {
  const { facts, row } = input.session;
  const tls = facts.serverTls;
  if (tls === undefined) return;
  const { version, cipher, chain } = tls;
  if (version !== undefined && OLD.test(version))
    yield ['protocol', `The server was spoken to in ${version}.`, 'medium'];
  if (cipher !== undefined && BROKEN.test(cipher))
    yield ['cipher', 'The connection uses a broken cipher.', 'medium'];
  else if (cipher !== undefined && version === 'TLSv1.2' && !FORWARD.test(cipher))
    yield ['cipher', 'The cipher of the connection gives no forward secrecy.', 'low'];
  const [leaf] = chain ?? [];
  if (leaf === undefined) return;
  const now = row.startedAt;
  if (Date.parse(leaf.validTo) < now)
    yield ['certificate', 'The certificate of the server had expired.', 'medium'];
  if (Date.parse(leaf.validFrom) > now)
    yield ['certificate', 'The certificate of the server was not valid yet.', 'medium'];
  if (leaf.subject !== '' && leaf.subject === leaf.issuer)
    yield ['issuer', 'The server signed its certificate itself.', 'medium'];
  const host = row.host.toLowerCase().replace(/^\[|\]$/g, '');
  const names = Array.from(
    (leaf.altNames ?? '').matchAll(/(?:DNS|IP Address):([^,\s]+)/gi),
    ([, name = '']) => name,
  );
  const common = /(?:^|[\n,/]\s*)CN=([^\n,/]+)/.exec(leaf.subject)?.[1];
  const known = names.length > 0 ? names : common === undefined ? [] : [common.trim()];
  if (known.length > 0 && !known.some((name) => covers(name, host)))
    yield ['name', 'The certificate of the server is for other names.', 'medium'];
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const [parameter, detail, severity] of faults(input)) {
    yield { parameter, detail, evidence: [requestLine(input)], severity };
  }
}

export const tlsWeakUpstream: Check = {
  info: {
    id: 'tls-weak-upstream',
    title: 'Weak TLS to the server',
    severity: 'medium',
    cwe: [326, 295],
    owasp: [API[8], TOP[2]],
    what: 'The connection to the server uses an old protocol, a weak cipher, or a certificate with a fault that was excepted.',
    why: 'What goes over it can be read or changed on the way by who can break the weak part, or stand in the middle.',
    fix: 'Offer TLS 1.3 and 1.2 with forward secrecy alone, and keep certificates valid, for the right names, from an authority that clients trust.',
    references: ['https://www.rfc-editor.org/rfc/rfc9325', cheatSheet('Transport_Layer_Security')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
