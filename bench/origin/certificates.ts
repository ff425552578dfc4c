/**
 * Certificates for the bench, made with openssl: an authority for the origin, which every proxy is told to trust; a certificate for each
 * name and address that the origin serves; and an authority for those proxies that are given one. All end with the run's folder.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const AT_ONCE = 4;

export interface KeyPair {
  /** Paths of PEM files. */
  readonly cert: string;
  readonly key: string;
}

/** A name of the origin, on an address of its own. */
export interface OriginHost {
  readonly address: string;
  /** What clients send as SNI. */
  readonly name: string;
}

const CONFIGURATION = `
[req]
distinguished_name = none
prompt = no
[none]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`;

const leafSection = ({ address, name }: OriginHost) => `
[leaf]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:${name}, IP:${address}
`;

async function newKey(path: string, algorithm: readonly string[]): Promise<void> {
  await run('openssl', ['genpkey', '-out', path, ...algorithm]);
}

const EC = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];

async function authority(folder: string, name: string, algorithm: readonly string[]): Promise<KeyPair> {
  const pair = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  const config = join(folder, 'openssl.cnf');
  await writeFile(config, CONFIGURATION);
  await newKey(pair.key, algorithm);
  const subject = ['-subj', `/CN=${name}`, '-days', '2', '-config', config, '-extensions', 'authority'];
  await run('openssl', ['req', '-x509', '-key', pair.key, '-out', pair.cert, ...subject]);
  return pair;
}

/** The authority of the origin, or of a proxy. Proxies get RSA, because not all take anything else. */
export const originAuthority = (folder: string) => authority(folder, 'bench-origin', EC);
export const proxyAuthority = (folder: string) => authority(folder, 'bench-proxy', RSA);

/** A certificate for each host, all with one key; answers them in the order of `hosts`. */
export async function originCertificates(
  folder: string,
  ca: KeyPair,
  hosts: readonly OriginHost[],
): Promise<KeyPair[]> {
  const key = join(folder, 'origin.key');
  await newKey(key, EC);
  const issue = async (host: OriginHost): Promise<KeyPair> => {
    const cert = join(folder, `${host.name}.pem`);
    const config = join(folder, `${host.name}.cnf`);
    await writeFile(config, CONFIGURATION + leafSection(host));
    // Squid compares an address with the common name and not with alternative names that are addresses.
    const subject = ['-subj', `/CN=${host.address}`, '-days', '2', '-config', config, '-extensions', 'leaf'];
    const issuer = ['-CA', ca.cert, '-CAkey', ca.key];
    await run('openssl', ['req', '-x509', ...issuer, '-key', key, '-out', cert, ...subject]);
    return { cert, key };
  };
  const issued: KeyPair[] = [];
  for (let at = 0; at < hosts.length; at += AT_ONCE) {
    issued.push(...(await Promise.all(hosts.slice(at, at + AT_ONCE).map(issue))));
  }
  return issued;
}
