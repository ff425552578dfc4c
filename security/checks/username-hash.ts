/** Hashes of user names in answers: of names that people logged in with, and of names that every system has. */

import { createHash } from 'node:crypto';
import { isUserName } from '#model/secrets/credential-names.ts';
import type { Run, SeriesCheck } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { hexRuns } from '../reading/hex-runs.ts';
import { inBody } from '../reading/html-tags.ts';
import { parameters } from '../reading/parameters.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const ALWAYS = ['admin', 'Admin', 'administrator', 'root'];
const KINDS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
const LENGTHS = new Set([32, 40, 64, 96, 128]);
const MAX_NAMES = 1000;

/** Hash → kind. */
const hashesOf = (name: string) =>
  KINDS.map((kind) => [createHash(kind).update(name).digest('hex'), kind.toUpperCase()] as const);

function begin(): Run {
  const hashes = new RecentMap<string, string>(MAX_NAMES * KINDS.length);
  const names = new RecentMap<string, true>(MAX_NAMES);
  const learn = (name: string) => {
    if (names.has(name)) return;
    names.set(name, true);
    for (const [hash, kind] of hashesOf(name)) hashes.set(hash, kind);
  };
  const always = new Map(ALWAYS.flatMap(hashesOf));
  return function* run(input) {
    for (const { side, place, name, value } of parameters(input)) {
      if (side !== 'request' || (place !== 'json' && place !== 'form' && place !== 'query')) continue;
      if (isUserName(name) && value.length >= 3 && value.length <= 100) learn(value);
    }
    const { text } = input.response;
    if (text === undefined || factsOf(input).style) return;
    for (const found of hexRuns(input)) {
      const { start, end } = found;
      if (!LENGTHS.has(end - start)) continue;
      const hash = found.text.toLowerCase();
      const kind = hashes.get(hash) ?? always.get(hash);
      if (kind === undefined) continue;
      yield {
        parameter: 'body',
        detail: `The response holds the ${kind} of a user name.`,
        evidence: [inBody({ start, end })],
      };
    }
  };
}

export const usernameHash: SeriesCheck = {
  info: {
    id: 'username-hash',
    title: 'Hash of a user name',
    severity: 'info',
    cwe: [284],
    owasp: [API[1], TOP[1]],
    what: 'A response holds the hash of a user name, of one that was seen or of one that every system has.',
    why: 'Where a hash stands for an account, everybody can compute that of another one and ask for it.',
    fix: 'Refer to accounts by random ids, and decide by the session who may see what.',
    references: [zap(10057), cweUrl(284)],
  },
  confidence: 'high',
  begin,
};
