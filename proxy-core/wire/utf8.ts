/** UTF-8 (RFC 3629) of texts that may be shown in part. */
import { isUtf8 } from 'node:buffer';

/** Octets of the character that a lead octet begins; 1 for everything else. */
function expected(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

/** Whether `bytes` are UTF-8; with `cut`, whether they may be the beginning of it, the last character in part. */
export function validUtf8(bytes: Uint8Array, cut = false): boolean {
  if (!cut || isUtf8(bytes)) return isUtf8(bytes);
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const octet = bytes[bytes.length - back] ?? 0;
    if ((octet & 0xc0) === 0x80) continue;
    return expected(octet) > back && isUtf8(bytes.subarray(0, bytes.length - back));
  }
  return false;
}
