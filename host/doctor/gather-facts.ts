/** Gathers what the doctor decides by: the newest sessions of this run, its settings, the environment. Reads no bodies. */
import { type Headers, headerValue } from '#model/headers.ts';
import type { RuleSet } from '#model/rules/rule.ts';
import { enabledRules } from '#model/rules/rule.ts';
import type { Session, SessionRow } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { filterOf } from '../filter-text.ts';
import type { Refusal, RunFacts, SeenExchange } from './facts.ts';

/** Sessions that are looked into. */
const EXCHANGES = 60;
const REFUSALS = 100;

export interface Surroundings {
  readonly store: Pick<CaptureStore, 'peek' | 'get'>;
  readonly startedAt: number;
  readonly capturing: boolean;
  readonly proxy: string;
  readonly hasUpstreamProxy: boolean;
  readonly stripsAltSvc: boolean;
  readonly rules: RuleSet;
  readonly caExpires: Date;
  readonly env: NodeJS.ProcessEnv;
  readonly now: number;
}

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

/** Names in lower case; where both are set the lower-case one counts, as in curl. Never a password. */
function environmentOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of PROXY_VARIABLES) {
    const value = env[name] ?? env[name.toUpperCase()];
    if (value) found[name] = value.replace(/\/\/[^/@]*@/, '//');
  }
  return found;
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.hostname;
}

/** Whom a client's own fields name as standing between it and us. */
const forwardedBy = (headers: Headers) => {
  const name = ['via', 'forwarded', 'x-forwarded-for'].find((one) => headerValue(headers, one) !== undefined);
  return name && `${name}: ${headerValue(headers, name)?.slice(0, 100)}`;
};

/** ms that the origin's Date is ahead of when its answer came; seconds are all it says. */
function aheadOf({ row, response }: Session): number | undefined {
  const date = Date.parse(headerValue(response?.head.headers ?? [], 'date') ?? '');
  return Number.isNaN(date) ? undefined : date - (row.startedAt + (row.durationMs ?? 0));
}

export function seenExchange(session: Session): SeenExchange {
  const { row, request, response, facts } = session;
  const headers = request.head.headers;
  return {
    id: row.id,
    host: row.host,
    decrypted: facts.clientTls !== undefined && row.kind !== 'tunnel',
    userAgent: headerValue(headers, 'user-agent'),
    altSvc: headerValue((response?.sent ?? response?.head)?.headers ?? [], 'alt-svc'),
    forwarded: forwardedBy(headers),
    page: hostOf(headerValue(headers, 'origin') ?? headerValue(headers, 'referer')),
    aheadMs: aheadOf(session),
    error: row.error,
    issuer: facts.serverTls?.chain?.at(-1)?.issuer ?? facts.serverTls?.chain?.[0]?.issuer,
  };
}

/** Refusals of the certificate alone: what else failed in TLS with a client says nothing about trust. */
const REFUSING = /^(?:bad_certificate|unsupported_certificate|certificate_\w+|unknown_ca|access_denied)$/;

export function refusalOf(session: Session): Refusal | undefined {
  const { row, failure } = session;
  if (failure?.code !== 'client-tls') return undefined;
  const alert = /TLS alert (\w+)/.exec(failure.detail)?.[1];
  // Who only closed may have had other reasons, but says so often enough; a time limit is none.
  const refused = alert === undefined ? /closed the connection/.test(failure.detail) : REFUSING.test(alert);
  return refused ? { id: row.id, host: row.host, alert } : undefined;
}

const stripsByRule = (rules: RuleSet) =>
  enabledRules(rules).some(({ actions }) =>
    actions.some((action) => action.action === 'remove-header' && action.name.toLowerCase() === 'alt-svc'),
  );

export async function gatherFacts(at: Surroundings): Promise<RunFacts> {
  const newest = { by: 'id', descending: true } as const;
  const ofRun = (rows: readonly SessionRow[]) =>
    rows.filter((row) => row.source === 'proxy' && row.startedAt >= at.startedAt);
  const read = async (filter: string, limit: number) => {
    const { rows } = await at.store.peek({ filter: filterOf(filter), order: newest, offset: 0, limit });
    const sessions = await Promise.all(ofRun(rows).map(({ id }) => at.store.get(id)));
    return sessions.filter((session) => session !== undefined);
  };
  const exchanges = await read('kind!=tunnel', EXCHANGES);
  const refused = await read('error=client-tls', REFUSALS);
  return {
    now: at.now,
    startedAt: at.startedAt,
    capturing: at.capturing,
    exchanges: exchanges.map(seenExchange),
    refusals: refused.flatMap((session) => refusalOf(session) ?? []),
    environment: environmentOf(at.env),
    proxy: at.proxy,
    hasUpstreamProxy: at.hasUpstreamProxy,
    stripsAltSvc: at.stripsAltSvc || stripsByRule(at.rules),
    caExpires: at.caExpires.getTime(),
  };
}
