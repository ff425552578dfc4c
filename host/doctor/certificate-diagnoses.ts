/** Why clients refuse our certificate: nobody trusts it yet, some do not, an app pins its own, an app reads only the system's store. Pure. */
import type { Diagnosis } from '#model/contract/doctor.ts';
import type { Refusal, RunFacts } from './facts.ts';

const MOST_HOSTS = 10;
/** A host refused so often while others are read is refused by its app, not by chance. */
const PINNED_TIMES = 2;

export const hostsOf = (seen: readonly { readonly host: string }[]): string[] =>
  [...new Set(seen.map(({ host }) => host))].slice(0, MOST_HOSTS);

const list = (hosts: readonly string[]) =>
  hosts.length > 3 ? `${hosts.slice(0, 3).join(', ')} and ${hosts.length - 3} more` : hosts.join(', ');

const passLine = (hosts: readonly string[]) => `--passthrough ${hosts.join(',')}`;

const times = (refusals: readonly Refusal[], host: string) =>
  refusals.filter((refusal) => refusal.host === host).length;

export function refusedCertificate(facts: RunFacts): Diagnosis[] {
  const { refusals, exchanges } = facts;
  const [newest] = refusals;
  if (newest === undefined) return [];
  const read = exchanges.filter(({ decrypted }) => decrypted);
  const hosts = hostsOf(refusals);
  if (read.length === 0) {
    return [
      {
        id: 'certificate-not-trusted',
        severity: 'problem',
        title: 'The client does not trust Sluice’s certificate',
        text: `It broke off TLS with ${list(hosts)}, and nothing has been decrypted in this run: install the root certificate where this client looks for it. Browsers such as Firefox, and Java, have stores of their own.`,
        hosts,
        fixes: [{ kind: 'trust' }, { kind: 'open-browser' }, { kind: 'session', id: newest.id }],
      },
    ];
  }
  const known = new Set(read.map(({ host }) => host));
  const elsewhere = refusals.filter(({ host }) => known.has(host));
  const only = refusals.filter(({ host }) => !known.has(host));
  return [...notEverywhere(elsewhere), ...(fromAndroid(facts) ? userStore(only) : pinned(only))];
}

/** Clients that are read on Android tell that the certificate is there: apps need more than that. */
const fromAndroid = ({ exchanges }: RunFacts) =>
  exchanges.some(({ decrypted, userAgent }) => decrypted && /android|okhttp|dalvik/i.test(userAgent ?? ''));

function notEverywhere(refusals: readonly Refusal[]): Diagnosis[] {
  const [newest] = refusals;
  if (newest === undefined) return [];
  const hosts = hostsOf(refusals);
  return [
    {
      id: 'certificate-not-everywhere',
      severity: 'problem',
      title: 'One client trusts the certificate, another does not',
      text: `${list(hosts)} could be read for one client and was refused by another: the other one has a store of its own, or was started before the certificate was installed.`,
      hosts,
      fixes: [{ kind: 'trust' }, { kind: 'recipes' }, { kind: 'session', id: newest.id }],
    },
  ];
}

function pinned(refusals: readonly Refusal[]): Diagnosis[] {
  const certain = refusals.filter(({ host }) => times(refusals, host) >= PINNED_TIMES);
  const [newest] = certain;
  if (newest === undefined) return [];
  const hosts = hostsOf(certain);
  return [
    {
      id: 'certificate-pinned',
      severity: 'problem',
      title: 'An app accepts only the certificate that it knows',
      text: `${list(hosts)} is refused again and again while other hosts are read: its app pins certificates. Such hosts can be passed through unread, so that the app works; to read them the app itself has to be changed.`,
      hosts,
      fixes: [
        { kind: 'command', text: passLine(hosts) },
        { kind: 'session', id: newest.id },
      ],
    },
  ];
}

function userStore(refusals: readonly Refusal[]): Diagnosis[] {
  const [newest] = refusals;
  if (newest === undefined) return [];
  const hosts = hostsOf(refusals);
  return [
    {
      id: 'certificate-user-store',
      severity: 'problem',
      title: 'The certificate is in the user’s store, and an app reads only the system’s',
      text: `A browser on Android is read, but ${list(hosts)} is refused: since Android 7 apps trust certificates that users install only where their network security configuration says so. Use a debug build that allows it, put the certificate into the system’s store, or pass the host through.`,
      hosts,
      fixes: [
        { kind: 'trust' },
        { kind: 'command', text: passLine(hosts) },
        { kind: 'session', id: newest.id },
      ],
    },
  ];
}

export function expiredCertificate({ now, caExpires }: RunFacts): Diagnosis[] {
  if (now < caExpires) return [];
  return [
    {
      id: 'certificate-expired',
      severity: 'problem',
      title: 'The root certificate has expired',
      text: 'Clients refuse everything that it signs. Start Sluice again: it makes a new one, which has to be installed like the first.',
      hosts: [],
      fixes: [{ kind: 'trust' }],
    },
  ];
}
