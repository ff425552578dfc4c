/** Every probe, in the order in which they are run. */
import { authorisationMissing } from './authorisation-missing.ts';
import type { Probe } from './probe.ts';

export const PROBES: readonly Probe[] = [authorisationMissing];
