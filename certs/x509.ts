/**
 * X.509 certificates (RFC 5280) as DER: node-forge builds the structure, `node:crypto` signs it, which is about thirty times faster than
 * forge's own RSA and works on BoringSSL too. Reads nothing but our own root.
 */
import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import forge from 'node-forge';

declare module 'node-forge' {
  namespace asn1 {
    /** The published types know only the older form of the second parameter. */
    function fromDer(der: string, options: { readonly decodeBitStrings: boolean }): Asn1;
  }
}

const { asn1 } = forge;
const { Type } = asn1;
export type Asn1 = forge.asn1.Asn1;

const OID = {
  commonName: '2.5.4.3',
  organizationName: '2.5.4.10',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** Purposes for extended key usage (RFC 5280 §4.2.1.12). */
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** Bits of key usage, by their number in RFC 5280 §4.2.1.3. */
const KEY_USAGE = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

/** Bytes as the binary string forge works with, and back. */
const binary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (text: string) => Buffer.from(text, 'latin1');

export const sequence = (...items: Asn1[]) => asn1.create(asn1.Class.UNIVERSAL, Type.SEQUENCE, true, items);
export const set = (...items: Asn1[]) => asn1.create(asn1.Class.UNIVERSAL, Type.SET, true, items);
export const oid = (dotted: string) => primitive(Type.OID, asn1.oidToDer(dotted).getBytes());
export const octets = (value: Uint8Array) => primitive(Type.OCTETSTRING, binary(value));
export const integer = (value: number) => primitive(Type.INTEGER, asn1.integerToDer(value).getBytes());
export const explicit = (tag: number, ...items: Asn1[]) =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, true, items);
/** forge itself turns each unit into two octets. */
export const bmpString = (text: string) => primitive(Type.BMPSTRING, text);
export const nothing = () => primitive(Type.NULL, '');

const implicit = (tag: number, value: Uint8Array) =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, binary(value));

function primitive(type: forge.asn1.Type, value: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, false, value);
}

export function toDer(node: Asn1): Buffer {
  return bytes(asn1.toDer(node).getBytes());
}

/** Only for bytes that we made. Bit strings stay as they are, so that none is taken apart for looking like DER by chance. */
export function fromDer(der: Uint8Array): Asn1 {
  return asn1.fromDer(binary(der), { decodeBitStrings: false });
}

/** A distinguished name; an empty one when nothing is given. */
export function distinguishedName(parts: {
  readonly organization?: string;
  readonly commonName?: string;
}): Asn1 {
  const attribute = (type: string, text: string) =>
    set(sequence(oid(type), primitive(Type.UTF8, binary(Buffer.from(text, 'utf8')))));
  return sequence(
    ...(parts.organization === undefined ? [] : [attribute(OID.organizationName, parts.organization)]),
    ...(parts.commonName === undefined ? [] : [attribute(OID.commonName, parts.commonName)]),
  );
}

/** The subject of one of our own certificates, byte for byte. */
export function subjectOf(certificateDer: Uint8Array): Asn1 {
  const [tbs] = children(fromDer(certificateDer));
  const subject = tbs && children(tbs)[5];
  if (!subject) throw new TypeError('not a certificate');
  return subject;
}

function children(node: Asn1): Asn1[] {
  return Array.isArray(node.value) ? node.value : [];
}

/** The public half of `key` as SubjectPublicKeyInfo. */
export function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 7093 §2 method 1: the leftmost 160 bits of SHA-256 over the subject public key's bits. */
export function keyIdentifier(spki: Uint8Array): Buffer {
  const bits = children(fromDer(spki))[1]?.value;
  if (typeof bits !== 'string') throw new TypeError('not a public key');
  // The first octet counts unused bits and is no part of the key.
  return createHash('sha256').update(bytes(bits).subarray(1)).digest().subarray(0, 20);
}

const extension = (id: string, critical: boolean, value: Asn1) =>
  sequence(oid(id), ...(critical ? [primitive(Type.BOOLEAN, '\xff')] : []), octets(toDer(value)));

/** cA with path length 0: it signs leaves and no further authorities. */
export const authorityConstraints = () =>
  extension(OID.basicConstraints, true, sequence(primitive(Type.BOOLEAN, '\xff'), integer(0)));
export const leafConstraints = () => extension(OID.basicConstraints, true, sequence());
export const subjectKeyId = (id: Uint8Array) => extension(OID.subjectKeyId, false, octets(id));
export const authorityKeyId = (id: Uint8Array) =>
  extension(OID.authorityKeyId, false, sequence(implicit(0, id)));
export const extendedKeyUsage = (purpose: string) =>
  extension(OID.extendedKeyUsage, false, sequence(oid(purpose)));

export function keyUsage(...usages: (keyof typeof KEY_USAGE)[]): Asn1 {
  const bits = usages.map((usage) => KEY_USAGE[usage]);
  const octet = bits.reduce((sum: number, bit) => sum | (0x80 >> bit), 0);
  const value = String.fromCharCode(7 - Math.max(...bits), octet);
  return extension(OID.keyUsage, true, primitive(Type.BITSTRING, value));
}

/** Exactly one name. `critical` when the subject is empty (RFC 5280 §4.2.1.6). */
export function subjectAltName(name: { dns: string } | { ip: Uint8Array }, critical: boolean): Asn1 {
  const general = 'ip' in name ? implicit(7, name.ip) : implicit(2, Buffer.from(name.dns, 'latin1'));
  return extension(OID.subjectAltName, critical, sequence(general));
}

export interface CertificateFields {
  readonly issuer: Asn1;
  readonly subject: Asn1;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: Asn1;
  readonly extensions: readonly Asn1[];
}

/** A certificate with a random positive serial of 128 bits, signed by an RSA key with SHA-256. Times are cut to whole seconds. */
export function signCertificate(fields: CertificateFields, signer: KeyObject): Buffer {
  const algorithm = sequence(oid(OID.sha256WithRsa), nothing());
  const serial = randomBytes(16);
  // The top bit clear makes it positive, the next one set makes it 16 octets in its shortest form.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const tbs = sequence(
    explicit(0, integer(2)),
    primitive(Type.INTEGER, binary(serial)),
    algorithm,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    fields.subject,
    fields.publicKey,
    explicit(3, sequence(...fields.extensions)),
  );
  const signature = sign('sha256', toDer(tbs), signer);
  return toDer(sequence(tbs, algorithm, primitive(Type.BITSTRING, `\x00${binary(signature)}`)));
}

/** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
function time(date: Date): Asn1 {
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, String(asn1.dateToUtcTime(date)))
    : primitive(Type.GENERALIZEDTIME, String(asn1.dateToGeneralizedTime(date)));
}

/** RFC 7468 text of a certificate. */
export function certificatePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
