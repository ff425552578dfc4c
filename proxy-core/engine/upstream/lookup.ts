/** Names to addresses, all of them, in the order the resolver prefers (RFC 6724). Keeps nothing: the system's resolver does. */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

class NameError extends Error {
  readonly code = 'ENOTFOUND';
}

/** What is no address is left out: connecting would resolve it as a name. */
function answered(address: string | LookupAddress[], family: number | undefined): LookupAddress[] {
  const all = typeof address === 'string' ? [{ address, family: family || isIP(address) }] : address;
  return all.filter((one) => isIP(one.address) !== 0);
}

/**
 * The addresses of `host`, at least one; an address is its own. A lookup cannot be taken back: after an abort its answer goes nowhere.
 * @throws the resolver's error (`ENOTFOUND`, `EAI_AGAIN`), or the signal's reason.
 */
export function resolveHost(
  host: string,
  lookup: LookupFunction | undefined,
  signal: AbortSignal,
): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return Promise.resolve([{ address: host, family }]);
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason);
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', aborted);
    const done = (error: Error | null, address: string | LookupAddress[] = [], kind?: number): void => {
      signal.removeEventListener('abort', aborted);
      const found = error ? [] : answered(address, kind);
      if (error) reject(error);
      else if (found.length === 0) reject(new NameError(`no address for ${host}`));
      else resolve(found);
    };
    if (lookup) lookup(host, { all: true }, done);
    else systemLookup(host, { all: true, order: 'verbatim' }, done);
  });
}
