/** Weak passwords in login, registration and password-change requests. The password itself is never kept. */
import { createRequire } from 'node:module';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { Evidence } from '#model/finding.ts';
import { credentialKind, isConfirmation, isUserName } from '#model/secrets/credential-names.ts';
import { isMask, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { type Parameter, parameters } from '../reading/parameters.ts';

/** Pairs that products ship with; matching one is worse than a weak password. */
const DEFAULT_PAIRS = new Set([
  'admin:admin',
  'admin:password',
  'admin:1234',
  'admin:changeme',
  'administrator:administrator',
  'root:root',
  'root:toor',
  'root:calvin',
  'guest:guest',
  'user:user',
  'test:test',
  'tomcat:tomcat',
  'tomcat:s3cret',
  'postgres:postgres',
  'sa:sa',
  'elastic:changeme',
  'pi:raspberry',
  'ubnt:ubnt',
  'cisco:cisco',
  'oracle:oracle',
  'weblogic:weblogic1',
  'minioadmin:minioadmin',
]);
/** A session with more is an import of accounts, whose first ones tell what there is to tell. */
const MAX_ATTEMPTS = 200;
/** Beyond this length zxcvbn's time grows and no password is weak for being guessable. */
const LONGEST = 64;

interface Attempt {
  readonly password: string;
  readonly user: string | undefined;
  readonly parameter: string;
  readonly evidence: Evidence;
}

let zxcvbn: ZxcvbnFactory | undefined;

/** Loaded when first needed: the dictionaries are large, and whoever only asks for the check's help does not need them. */
function loadZxcvbn(): ZxcvbnFactory {
  const require = createRequire(import.meta.url);
  const core: typeof import('@zxcvbn-ts/core') = require('@zxcvbn-ts/core');
  const common: typeof import('@zxcvbn-ts/language-common') = require('@zxcvbn-ts/language-common');
  const english: typeof import('@zxcvbn-ts/language-en') = require('@zxcvbn-ts/language-en');
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

/** 0 (guessed at once) to 4. */
function score(password: string, user: string | undefined): number {
  zxcvbn ??= loadZxcvbn();
  return zxcvbn.check(password, user === undefined ? [] : [user]).score;
}

/** A part of the session, each message being one. */
const partOf = ({ evidence }: Parameter) => `${evidence.part} ${evidence.message ?? ''}`;

/** Where a login form and its password stand together: the same object in JSON, the same form otherwise. */
const group = (parameter: Parameter) => {
  const { place, path } = parameter;
  return `${partOf(parameter)} ${place} ${path.slice(0, path.lastIndexOf('.') + 1)}`;
};

function* basicAttempts(all: readonly Parameter[]): Iterable<Attempt> {
  for (const { evidence, side, place, name, value } of all) {
    if (side !== 'request' || place !== 'header' || !/^authorization$/i.test(name)) continue;
    const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(value)?.[1];
    if (encoded === undefined) continue;
    const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    // Keys sent as a user name carry a stand-in for the password, as Freshdesk's and GitHub's did.
    if (!password || (looksRandom(user ?? '') && /^(?:x|api_?token|x-oauth-basic)$/i.test(password)))
      continue;
    yield { password, user, parameter: name, evidence };
  }
}

function* fieldAttempts(all: readonly Parameter[]): Iterable<Attempt> {
  const sent = all.filter(
    ({ side, place }) => side === 'request' && (place === 'query' || place === 'form' || place === 'json'),
  );
  const users = new Map<string, string>();
  for (const parameter of sent) {
    if (!isUserName(parameter.name)) continue;
    for (const key of [group(parameter), partOf(parameter)]) {
      if (!users.has(key)) users.set(key, parameter.value);
    }
  }
  for (const parameter of sent) {
    const { name, value, path, evidence } = parameter;
    if (credentialKind(name) !== 'password' || isConfirmation(name) || value === '') continue;
    yield {
      password: value,
      user: users.get(group(parameter)) ?? users.get(partOf(parameter)),
      parameter: path,
      evidence,
    };
  }
}

/** What is wrong with the password, in words without it. */
function weakness({ password, user }: Attempt): string | undefined {
  if (user !== undefined && DEFAULT_PAIRS.has(`${user.toLowerCase()}:${password.toLowerCase()}`)) {
    return 'The user name and password are a pair that products are shipped with.';
  }
  const names = user === undefined ? [] : [user, user.split('@', 1)[0] ?? user];
  if (names.some((name) => name !== '' && name.toLowerCase() === password.toLowerCase())) {
    return 'The password equals the user name.';
  }
  // A hash made by the client is no word a person chose.
  if (password.length > LONGEST || /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(password))
    return undefined;
  if (isMask(password)) return undefined;
  const points = score(password, user);
  return points > 1 ? undefined : `The password would be guessed quickly (zxcvbn score ${points} of 4).`;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { session } = input;
  const all = parameters(input);
  // What the server refused may be no account's password; that it was tried is worth knowing all the same.
  const refused = session.response !== undefined && [401, 403].includes(session.response.head.status);
  for (const attempt of [...basicAttempts(all), ...fieldAttempts(all)].slice(0, MAX_ATTEMPTS)) {
    const detail = weakness(attempt);
    if (detail === undefined) continue;
    yield {
      parameter: attempt.parameter,
      detail: refused ? `${detail} The server refused it.` : detail,
      evidence: [attempt.evidence],
      ...(refused ? { severity: 'low' as const, confidence: 'low' as const } : {}),
    };
  }
}

export const weakPassword: Check = {
  info: {
    id: 'weak-password',
    title: 'Weak password',
    severity: 'medium',
    cwe: [521, 1391],
    owasp: ['API2:2023 Broken Authentication'],
    what: 'A login, registration or password change carries a password that is easily guessed, equals the user name, or is shipped with a product.',
    why: 'Lists of common passwords are tried against every login that can be reached; a weak one falls within minutes.',
    fix: 'Refuse passwords that appear in lists of common or leaked ones, ask for length rather than for kinds of characters, throttle failed logins, and offer a second factor.',
    references: [
      'https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver',
      'https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html',
    ],
  },
  confidence: 'high',
  run,
};
