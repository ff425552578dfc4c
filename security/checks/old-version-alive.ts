/** Several versions of one API that answer side by side. */
import type { CheckInput, Run, SeriesCheck } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, TOP } from '../taxonomy.ts';

const IN_PATH = /^((?:\/[\w-]+){0,3}?)\/v(\d{1,3})(?:\.\d+)?(?=\/|$)/i;
/** A bare `v` is mostly of a file, or of a tracker's protocol. */
const PARAMETER = /^(?:api[-_]?)?version$|^api[-_]?v$/i;

interface Version {
  readonly number: number;
  /** Host and what stands before the version. */
  readonly api: string;
}

function versionOf(input: CheckInput): Version | undefined {
  const { row } = input.session;
  const path = row.path.split(/[?#]/, 1)[0] ?? '';
  const found = IN_PATH.exec(path);
  const host = `${row.host}:${row.port}`;
  if (found !== null) return { number: Number(found[2]), api: `${host}${found[1] ?? ''}/v` };
  const label = /(?:^|[.-])v(\d{1,2})(?=[.-])/.exec(row.host);
  if (label !== null) return { number: Number(label[1]), api: row.host.replace(label[0], '*') };
  for (const { side, place, name, value } of parameters(input)) {
    const asked =
      (place === 'query' && PARAMETER.test(name)) ||
      (place === 'header' && /^(?:x-)?(?:api|accept)-version$/i.test(name));
    const number = /^v?(\d{1,3})(?:\.\d+)*$/i.exec(value)?.[1];
    if (side === 'request' && asked && number !== undefined)
      return { number: Number(number), api: `${host}?${name.toLowerCase()}` };
  }
  return undefined;
}

function begin(): Run {
  const newest = new RecentMap<string, number>(1000);
  const older = new RecentMap<string, { readonly number: number; told: boolean }[]>(1000);
  return function* run(input) {
    const { success } = factsOf(input);
    const version = success ? versionOf(input) : undefined;
    if (version === undefined) return;
    const most = newest.get(version.api) ?? version.number;
    newest.set(version.api, Math.max(most, version.number));
    const seen = older.at(version.api, () => []);
    if (!seen.some(({ number }) => number === version.number))
      seen.push({ number: version.number, told: false });
    if (seen.length < 2) return;
    const old = version.number < most;
    yield {
      parameter: `v${old ? version.number : most === version.number ? Math.min(...seen.map(({ number }) => number)) : most}`,
      detail: old
        ? 'An older version of the API answers while a newer one is in use.'
        : 'Several versions of the API answer side by side.',
      evidence: [requestLine(input)],
    };
  };
}

export const oldVersionAlive: SeriesCheck = {
  info: {
    id: 'old-version-alive',
    title: 'Old version of the API still answers',
    severity: 'low',
    cwe: [1059],
    owasp: [API[9], TOP[6]],
    what: 'Two or more versions of one API on the same host answered with success.',
    why: 'Old versions keep the faults and lack the checks of the new one, and reach the same data.',
    fix: 'Say until when an old version lives (Sunset field), move its users, switch it off, and until then keep it as safe as the new one.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/',
      'https://www.rfc-editor.org/rfc/rfc8594',
    ],
  },
  confidence: 'medium',
  scope: 'host',
  begin,
};
