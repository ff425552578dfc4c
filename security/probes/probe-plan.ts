/**
 * Which of the recorded sessions a probe is to try: one of each endpoint, within the scope, without side effects unless these are allowed, and
 * no more than the limit. It sees each session once and keeps only what it may send.
 */

import { endpointOf } from '#model/path-template.ts';
import type { Session } from '#model/session.ts';
import type { Probe, ProbeRequest, Skipped } from './probe.ts';
import type { Scope } from './scope.ts';
import { stripCredentials } from './strip-credentials.ts';

export interface PlanOptions {
  readonly scope: Scope;
  /** Methods that may change something too. */
  readonly unsafe: boolean;
  /** Requests at most. */
  readonly limit: number;
}

export interface Target {
  readonly session: Session;
  readonly endpoint: string;
  readonly request: ProbeRequest;
}

const SAFE = new Set(['GET', 'HEAD']);
export const OUT_OF_SCOPE = 'it is outside the scope';

export class ProbePlan {
  readonly #probe: Probe;
  readonly #options: PlanOptions;
  readonly #targets = new Map<string, Target>();
  /** Endpoints that clients ask without credentials, and get. */
  readonly #open = new Set<string>();
  readonly #skipped = new Map<string, number>();

  constructor(probe: Probe, options: PlanOptions) {
    this.#probe = probe;
    this.#options = options;
  }

  add(session: Session): void {
    const endpoint = endpointOf(session.row);
    if (isOpenlyAsked(session)) this.#open.add(endpoint);
    const request = this.#requestFor(session, endpoint);
    if ('reason' in request) this.#skipped.set(request.reason, (this.#skipped.get(request.reason) ?? 0) + 1);
    else this.#targets.set(endpoint, { session, endpoint, request });
  }

  /** What is to be sent, in the order in which it was recorded. */
  get targets(): Target[] {
    return this.#wanted.slice(0, this.#options.limit);
  }

  /** Why sessions are not tried, with how many each. */
  get skipped(): ReadonlyMap<string, number> {
    const skipped = new Map(this.#skipped);
    const open = this.#targets.size - this.#wanted.length;
    if (open > 0) skipped.set('clients ask its endpoint without credentials', open);
    const left = this.#wanted.length - this.targets.length;
    if (left > 0) skipped.set('the limit is reached (--limit)', left);
    return skipped;
  }

  get #wanted(): Target[] {
    return [...this.#targets.values()].filter(({ endpoint }) => !this.#open.has(endpoint));
  }

  #requestFor(session: Session, endpoint: string): ProbeRequest | Skipped {
    const { scope, unsafe } = this.#options;
    if (!scope.includes(session.row)) return { reason: OUT_OF_SCOPE };
    if (!unsafe && !SAFE.has(session.row.method)) {
      return { reason: 'its method may change something (--unsafe allows it)' };
    }
    const request = this.#probe.plan(session);
    if ('reason' in request || !this.#targets.has(endpoint)) return request;
    return { reason: 'another request of its endpoint is tried' };
  }
}

/** Of real clients alone: what an earlier probe sent proves nothing. */
function isOpenlyAsked({ row, request, response }: Session): boolean {
  const status = response?.head.status ?? 0;
  if (row.source !== 'proxy' || status < 200 || status > 299) return false;
  return stripCredentials(row.url, request.head.headers).removed.length === 0;
}
