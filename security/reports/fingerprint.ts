/**
 * What makes a finding the same one in another run, as a number that tells nothing of it: the check, the endpoint and the parameter, without
 * what differs between runs. Pure.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '#model/finding.ts';
import { stableEndpoint, stableParameter } from '#model/triage.ts';

/** 32 hexadecimal digits. */
export function fingerprint({
  checkId,
  endpoint,
  parameter,
}: Pick<Finding, 'checkId' | 'endpoint' | 'parameter'>): string {
  return createHash('sha256')
    .update(JSON.stringify([checkId, stableEndpoint(endpoint), stableParameter(parameter)]))
    .digest('hex')
    .slice(0, 32);
}
