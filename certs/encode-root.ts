/**
 * The root certificate in the forms that systems import: PEM and DER as they are, PKCS#12 and an Apple profile around them. The same
 * certificate always gives the same bytes. None of them can hold the private key: these functions are never given it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Authority } from './authority.ts';
import * as x509 from './x509.ts';

export type PublicRoot = Pick<Authority, 'certificateDer' | 'certificatePem' | 'commonName' | 'fingerprint'>;

/** Asked for by importers although there is nothing to keep secret; six characters, the least that keytool takes. */
export const PKCS12_PASSWORD = 'sluice';

const OID = {
  data: '1.2.840.113549.1.7.1',
  friendlyName: '1.2.840.113549.1.9.20',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  certBag: '1.2.840.113549.1.12.10.1.3',
  /** Without it Java does not take a certificate for a trusted one. */
  javaTrustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
  sha1: '1.3.14.3.2.26',
} as const;

/** PKCS#12 (RFC 7292) with the certificate alone, not encrypted; its checksum is keyed by `PKCS12_PASSWORD`. */
export function encodePkcs12(root: PublicRoot): Uint8Array {
  const contents = x509.toDer(x509.sequence(certificateBag(root)));
  const safe = x509.toDer(x509.sequence(dataContent(contents)));
  const salt = createHash('sha256').update(root.certificateDer).digest().subarray(0, 8);
  const iterations = 2048;
  // SHA-1, because phones and systems of a few years ago know no other here; the password is public, so nothing rests on it.
  const mac = createHmac('sha1', macKey(salt, iterations)).update(safe).digest();
  const digestInfo = x509.sequence(x509.sequence(x509.oid(OID.sha1), x509.nothing()), x509.octets(mac));
  const macData = x509.sequence(digestInfo, x509.octets(salt), x509.integer(iterations));
  return new Uint8Array(x509.toDer(x509.sequence(x509.integer(3), dataContent(safe), macData)));
}

const dataContent = (der: Uint8Array) =>
  x509.sequence(x509.oid(OID.data), x509.explicit(0, x509.octets(der)));

function certificateBag(root: PublicRoot): x509.Asn1 {
  const attribute = (id: string, value: x509.Asn1) => x509.sequence(x509.oid(id), x509.set(value));
  const attributes = [
    attribute(OID.friendlyName, x509.bmpString(root.commonName)),
    attribute(OID.javaTrustedKeyUsage, x509.oid(OID.anyExtendedKeyUsage)),
  ].sort((a, b) => Buffer.compare(x509.toDer(a), x509.toDer(b)));
  const certificate = x509.sequence(
    x509.oid(OID.x509Certificate),
    x509.explicit(0, x509.octets(root.certificateDer)),
  );
  return x509.sequence(x509.oid(OID.certBag), x509.explicit(0, certificate), x509.set(...attributes));
}

/** RFC 7292 appendix B.2 for its purpose 3 (integrity) and SHA-1, whose one block is enough. */
function macKey(salt: Uint8Array, iterations: number): Buffer {
  const block = 64;
  const fill = (part: Uint8Array) => Buffer.alloc(Math.ceil(part.length / block) * block, part);
  const password = Buffer.from(`${PKCS12_PASSWORD}\0`, 'utf16le').swap16();
  let key = Buffer.concat([Buffer.alloc(block, 3), fill(salt), fill(password)]);
  for (let i = 0; i < iterations; i++) key = createHash('sha1').update(key).digest();
  return key;
}

/** An Apple configuration profile that installs the root; iOS and macOS replace one with the same identifiers by the new. */
export function encodeMobileConfig(root: PublicRoot): string {
  const name = xml(root.commonName);
  const certificate = Buffer.from(root.certificateDer).toString('base64');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadCertificateFileName</key>
      <string>sluice.crt</string>
      <key>PayloadContent</key>
      <data>${certificate}</data>
      <key>PayloadDescription</key>
      <string>Lets Sluice show the HTTPS traffic of this device. SHA-256 ${xml(root.fingerprint)}</string>
      <key>PayloadDisplayName</key>
      <string>${name}</string>
      <key>PayloadIdentifier</key>
      <string>sluice.root.certificate</string>
      <key>PayloadType</key>
      <string>com.apple.security.root</string>
      <key>PayloadUUID</key>
      <string>${stableUuid('certificate', root)}</string>
      <key>PayloadVersion</key>
      <integer>1</integer>
    </dict>
  </array>
  <key>PayloadDescription</key>
  <string>Installs the root certificate of one Sluice installation. Remove it when you no longer debug with it.</string>
  <key>PayloadDisplayName</key>
  <string>${name}</string>
  <key>PayloadIdentifier</key>
  <string>sluice.root</string>
  <key>PayloadRemovalDisallowed</key>
  <false/>
  <key>PayloadType</key>
  <string>Configuration</string>
  <key>PayloadUUID</key>
  <string>${stableUuid('profile', root)}</string>
  <key>PayloadVersion</key>
  <integer>1</integer>
</dict>
</plist>
`;
}

/** RFC 9562 version 8: the same for the same certificate. */
function stableUuid(purpose: string, root: PublicRoot): string {
  const bytes = createHash('sha256').update(`${purpose} ${root.fingerprint}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML and HTML, in content and in quoted attributes. */
export function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? '');
}
