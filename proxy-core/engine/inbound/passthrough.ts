/**
 * Which TLS is passed through unread: hosts that the user listed, and, when the user asked for it, hosts for which a client refused our
 * certificate. Refusals are forgotten after a while, since the user may install the certificate in the meantime, and they are bounded.
 * Every decision has a reason to show; nothing is passed through silently.
 */
import { hostMatcher } from '../host-pattern.ts';
import type { InboundSettings } from '../settings.ts';
import { formatAuthority } from '../target.ts';
import { type ClientTlsError, describeRejection, refusalOf } from './client-rejection.ts';

const MAX_REFUSED = 1000;
const REFUSED_FOR_MS = 3_600_000;
/** A client that only closed may have had other reasons; one that does so again has not. */
const LIKELY_TIMES = 2;

/** Why a connection is passed through. */
export interface PassReason {
  readonly kind: 'listed' | 'refused';
  /** One sentence. */
  readonly detail: string;
}

/** A host that is passed through because a client refused our certificate. Times in ms since the epoch. */
export interface RefusedHost {
  readonly host: string;
  readonly port: number;
  readonly since: number;
  readonly until: number;
  readonly detail: string;
}

interface Suspect {
  times: number;
  readonly until: number;
}

/** Where a connection goes by its names: the server name that TLS asks for, if any, and the host connected to. */
export interface Destination {
  readonly sni?: string;
  readonly host: string;
  readonly port: number;
}

const nameOf = ({ sni, host }: Destination) => (sni ?? host).toLowerCase().replace(/\.$/, '');
const keyOf = (to: Destination) => formatAuthority({ host: nameOf(to), port: to.port });

/** A Map keeps insertion order: what is first was put in first. */
function shorten(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MAX_REFUSED) return;
    map.delete(key);
  }
}

export class Passthrough {
  readonly #listed: ReturnType<typeof hostMatcher>;
  readonly #passRefused: boolean;
  readonly #now: () => number;
  readonly #refused = new Map<string, RefusedHost>();
  readonly #suspects = new Map<string, Suspect>();

  /** @throws SluiceError `usage` when a pattern is none. `now` in ms since the epoch. */
  constructor(settings: Pick<InboundSettings, 'passthrough' | 'passRefused'>, now: () => number = Date.now) {
    this.#listed = hostMatcher(settings.passthrough ?? []);
    this.#passRefused = settings.passRefused ?? false;
    this.#now = now;
  }

  /** Undefined: end TLS here. A listed name counts whether it is the server name or the host connected to. */
  decide(to: Destination): PassReason | undefined {
    const listed = [to.sni, to.host].find((name) => name !== undefined && this.#listed(name, to.port));
    if (listed !== undefined)
      return { kind: 'listed', detail: `${listed} is in the list of hosts that are passed through.` };
    const refused = this.#current(this.#refused, keyOf(to));
    return (
      refused && { kind: 'refused', detail: `Passed through, because a client refused: ${refused.detail}` }
    );
  }

  /** Told of every TLS that did not come about; true when the host is passed through from now on. */
  rejected(to: Destination, error: ClientTlsError): boolean {
    const refusal = refusalOf(error);
    if (!this.#passRefused || refusal === 'no') return false;
    const key = keyOf(to);
    const since = this.#now();
    const until = since + REFUSED_FOR_MS;
    const suspect = this.#current(this.#suspects, key) ?? { times: 0, until };
    suspect.times += 1;
    this.#suspects.set(key, suspect);
    shorten(this.#suspects);
    if (refusal === 'likely' && suspect.times < LIKELY_TIMES) return false;
    this.#suspects.delete(key);
    const host = nameOf(to);
    this.#refused.set(key, {
      host,
      port: to.port,
      since,
      until,
      detail: describeRejection(error, host).detail,
    });
    shorten(this.#refused);
    return true;
  }

  /** Told of every TLS that stands: this client trusts us, so an earlier close was not about trust. */
  accepted(to: Destination): void {
    if (this.#suspects.size > 0) this.#suspects.delete(keyOf(to));
  }

  /** Hosts that are passed through because of a refusal, oldest first. */
  refused(): readonly RefusedHost[] {
    for (const key of this.#refused.keys()) this.#current(this.#refused, key);
    return [...this.#refused.values()];
  }

  /** Decrypts that host again; false when it was not passed through. */
  forget(host: string, port: number): boolean {
    return this.#refused.delete(keyOf({ host, port }));
  }

  #current<T extends { readonly until: number }>(map: Map<string, T>, key: string): T | undefined {
    const entry = map.get(key);
    if (entry === undefined || entry.until > this.#now()) return entry;
    map.delete(key);
    return undefined;
  }
}
