/** Everything the doctor knows to look for, in order; what it is sure of comes first. Pure: adding a diagnosis is adding a line. */
import type { Diagnosis } from '#model/contract/doctor.ts';
import { expiredCertificate, refusedCertificate } from './certificate-diagnoses.ts';
import type { RunFacts } from './facts.ts';
import {
  clockWrong,
  http3Around,
  httpsNotProxied,
  localhostBypassed,
  nothingArrives,
  otherProxyBefore,
  otherProxyBehind,
} from './route-diagnoses.ts';

const ALL: readonly ((facts: RunFacts) => Diagnosis[])[] = [
  expiredCertificate,
  clockWrong,
  refusedCertificate,
  otherProxyBehind,
  otherProxyBefore,
  httpsNotProxied,
  nothingArrives,
  http3Around,
  localhostBypassed,
];

export function diagnose(facts: RunFacts): Diagnosis[] {
  const found = ALL.flatMap((look) => look(facts));
  return found.toSorted((a, b) => Number(a.severity === 'hint') - Number(b.severity === 'hint'));
}
