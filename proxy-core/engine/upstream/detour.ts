/** Another way to an origin than the settings say, for single requests. `key` tells connections by one way from those by another. */
import { readFileSync } from 'node:fs';
import { SluiceError } from '#model/errors.ts';
import type { ClientCertificate, UpstreamProxy } from '../settings.ts';

export interface Detour {
  readonly key: string;
  readonly proxy?: UpstreamProxy | 'direct';
  readonly certificate?: ClientCertificate;
}

/** Both, where they speak of different things; else the later. */
export const joinDetours = (one: Detour | undefined, other: Detour): Detour =>
  one === undefined ? other : { ...one, ...other, key: `${one.key} ${other.key}` };

/** A client certificate from a file: PEM with certificate and key, or PKCS#12. @throws SluiceError `file-unreadable` */
export function certificateFrom(file: string, passphrase: string | undefined): ClientCertificate {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new SluiceError(
      'file-unreadable',
      `The client certificate ${file} cannot be read: check the path.`,
      { cause },
    );
  }
  const secret = passphrase === undefined ? {} : { passphrase };
  const text = bytes.toString('utf8');
  return text.includes('-----BEGIN')
    ? { host: '*', cert: text, key: text, ...secret }
    : { host: '*', pfx: bytes, ...secret };
}
