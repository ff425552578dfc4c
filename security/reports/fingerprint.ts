/**
 * What makes a finding the same one in another run, as a number that tells nothing of it: the check, the endpoint and the parameter, without
 * what differs between runs. Pure.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '#model/finding.ts';

/** Ports of servers on this machine are often any free one. */
const LOOPBACK = /^(\S+ [a-z]+:\/\/)(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?/;

/** 32 hexadecimal digits. Positions in lists do not count: the third key of an answer may be its first tomorrow. */
export function fingerprint({
  checkId,
  endpoint,
  parameter,
}: Pick<Finding, 'checkId' | 'endpoint' | 'parameter'>): string {
  const place = endpoint.replace(LOOPBACK, '$1localhost');
  const name = parameter.replace(/\[\d+\]/g, '[]');
  return createHash('sha256')
    .update(JSON.stringify([checkId, place, name]))
    .digest('hex')
    .slice(0, 32);
}
